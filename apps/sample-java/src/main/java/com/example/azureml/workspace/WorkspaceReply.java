package com.example.azureml.workspace;

import com.example.azureml.http.HttpReply;
import com.example.azureml.http.Json;
import com.example.azureml.settings.WorkspaceId;
import com.example.azureml.workspace.ResourceManagerException.Kind;
import java.util.Optional;

/** Reads the answers to a request for a workspace; sends nothing. */
final class WorkspaceReply {
  private final WorkspaceId id;
  private final String path;

  /**
   * @param path the path of the workspace, the scope that roles are assigned at
   */
  WorkspaceReply(WorkspaceId id, String path) {
    this.id = id;
    this.path = path;
  }

  /**
   * @throws ResourceManagerException for everything but a workspace
   */
  Workspace read(HttpReply reply) {
    if (reply.status() == 200) {
      return Json.parse(reply.body(), Workspace.class)
          .filter(Workspace::isComplete)
          .orElseThrow(() -> failure(Kind.INVALID_REPLY, reply, null));
    }
    Optional<ArmError> error = ArmError.parse(reply.body());
    throw failure(kindOf(reply.status(), error.isPresent()), reply, error.orElse(null));
  }

  private static Kind kindOf(int status, boolean isArmError) {
    return switch (status) {
      case 401 -> Kind.UNAUTHENTICATED;
      case 403 -> Kind.FORBIDDEN;
      case 429 -> Kind.THROTTLED;
      default -> {
        if (status >= 500) {
          yield Kind.UNAVAILABLE;
        }
        if (!isArmError) {
          yield Kind.INVALID_REPLY;
        }
        yield status == 404 ? Kind.NOT_FOUND : Kind.REJECTED;
      }
    };
  }

  private ResourceManagerException failure(Kind kind, HttpReply reply, ArmError error) {
    String code = error == null ? null : error.code();
    String detail = error == null ? "" : " " + error.code() + ": " + error.message();
    String correlationId =
        reply.header("x-ms-correlation-request-id").or(() -> reply.header("x-ms-request-id")).orElse(null);
    return new ResourceManagerException(
        kind, reply.status(), code, what(kind, reply) + detail, remedy(kind, reply), correlationId);
  }

  private String what(Kind kind, HttpReply reply) {
    String workspace = "workspace " + id.name();
    String host = reply.uri().getAuthority();
    return switch (kind) {
      case UNAUTHENTICATED -> host + " did not accept the token (status 401).";
      case FORBIDDEN -> "The application may not read " + workspace + " (status 403).";
      case NOT_FOUND -> "There is no " + workspace + " in resource group " + id.resourceGroup() + " (status 404).";
      case THROTTLED -> host + " asks to slow down (status 429).";
      case UNAVAILABLE -> host + " failed (status " + reply.status() + ").";
      case REJECTED -> host + " refused the request for " + workspace + " (status " + reply.status() + ").";
      case INVALID_REPLY -> host
          + " answered with status "
          + reply.status()
          + " and not as Azure Resource Manager does.";
    };
  }

  private String remedy(Kind kind, HttpReply reply) {
    return switch (kind) {
      case UNAUTHENTICATED -> "Check that AZURE_TENANT_ID is the tenant of the subscription,"
          + " and the clock of this machine.";
      case FORBIDDEN -> "Assign a role, then wait some minutes: az role assignment create --assignee <client id>"
          + " --role \"AzureML Data Scientist\" --scope "
          + path;
      case NOT_FOUND -> "Check AZUREML_ARM_SUBSCRIPTION, AZUREML_ARM_RESOURCEGROUP and AZUREML_ARM_WORKSPACE_NAME.";
      case THROTTLED -> "Wait "
          + reply.retryAfter().map(time -> time.toSeconds() + " seconds").orElse("a minute")
          + ", then try again.";
      case UNAVAILABLE -> "Try again in a minute; https://status.azure.com shows outages.";
      case REJECTED -> "Check the settings; ask the support of Azure with the correlation id if they are right.";
      case INVALID_REPLY -> "Check ARM_CLOUD_METADATA_URL, and whether a proxy stands in between.";
    };
  }
}
