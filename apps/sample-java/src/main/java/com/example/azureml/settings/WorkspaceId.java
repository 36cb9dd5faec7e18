package com.example.azureml.settings;

import com.example.azureml.ConfigurationException;
import java.util.Map;

/** Where a workspace is in Azure. The variables are those that Azure Machine Learning sets in its jobs. */
public record WorkspaceId(String subscriptionId, String resourceGroup, String name) {
  /**
   * Reads {@code AZUREML_ARM_SUBSCRIPTION}, {@code AZUREML_ARM_RESOURCEGROUP} and
   * {@code AZUREML_ARM_WORKSPACE_NAME}.
   *
   * @throws ConfigurationException where one is missing or malformed
   */
  public static WorkspaceId fromEnvironment(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    return new WorkspaceId(
        environment.requiredGuid("AZUREML_ARM_SUBSCRIPTION", "the subscription id"),
        environment.required("AZUREML_ARM_RESOURCEGROUP", "the resource group of the workspace"),
        environment.required("AZUREML_ARM_WORKSPACE_NAME", "the name of the workspace"));
  }
}
