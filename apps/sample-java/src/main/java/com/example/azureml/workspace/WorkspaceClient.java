package com.example.azureml.workspace;

import com.example.azureml.auth.TokenSource;
import com.example.azureml.http.HttpSender;
import com.example.azureml.http.PathSegment;
import com.example.azureml.settings.Cloud;
import com.example.azureml.settings.WorkspaceId;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.UUID;

/** Reads workspaces of Azure Machine Learning through Azure Resource Manager. */
public final class WorkspaceClient {
  private static final String API_VERSION = "2026-09-01";

  private final HttpSender http;
  private final Cloud cloud;
  private final TokenSource tokens;

  /** Sends the tokens of that source to the Azure Resource Manager of that cloud, and nowhere else. */
  public WorkspaceClient(HttpSender http, Cloud cloud, TokenSource tokens) {
    this.http = http;
    this.cloud = cloud;
    this.tokens = tokens;
  }

  /**
   * The workspace.
   *
   * @throws ResourceManagerException where Azure Resource Manager does not give it
   * @throws com.example.azureml.AzureException where there is no token, or no answer comes
   */
  public Workspace get(WorkspaceId id) {
    String path = pathOf(id);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cloud.resourceManager() + path + "?api-version=" + API_VERSION))
            .header("Authorization", "Bearer " + tokens.getToken().value())
            .header("Accept", "application/json")
            .header("x-ms-client-request-id", UUID.randomUUID().toString())
            .GET();
    return new WorkspaceReply(id, path).read(http.send(request));
  }

  static String pathOf(WorkspaceId id) {
    return "/subscriptions/"
        + PathSegment.encode(id.subscriptionId())
        + "/resourceGroups/"
        + PathSegment.encode(id.resourceGroup())
        + "/providers/Microsoft.MachineLearningServices/workspaces/"
        + PathSegment.encode(id.name());
  }
}
