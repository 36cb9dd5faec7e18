package com.example.azureml.workspace;

/**
 * What this program shows of an Azure Machine Learning workspace. Every field but the id and the name is null
 * where the service leaves it out.
 */
public record Workspace(String id, String name, String location, Identity identity, Properties properties) {
  /** The managed identity: {@code SystemAssigned}, {@code UserAssigned}, both or {@code None}. */
  public record Identity(String type) {}

  /** Resource ids of what belongs to the workspace, and its state. */
  public record Properties(
      String provisioningState,
      String storageAccount,
      String keyVault,
      String applicationInsights,
      String containerRegistry,
      String discoveryUrl) {}

  boolean isComplete() {
    return id != null && name != null;
  }
}
