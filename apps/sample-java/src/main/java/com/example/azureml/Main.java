package com.example.azureml;

import com.example.azureml.auth.CachingTokenSource;
import com.example.azureml.auth.ManagedIdentityClient;
import com.example.azureml.auth.TokenClient;
import com.example.azureml.auth.TokenSource;
import com.example.azureml.http.HttpSender;
import com.example.azureml.http.OneLine;
import com.example.azureml.http.TrustedAuthorities;
import com.example.azureml.settings.Cloud;
import com.example.azureml.settings.CloudResolver;
import com.example.azureml.settings.ManagedIdentity;
import com.example.azureml.settings.ServicePrincipal;
import com.example.azureml.settings.WorkspaceId;
import com.example.azureml.workspace.Workspace;
import com.example.azureml.workspace.WorkspaceClient;
import java.io.PrintStream;
import java.util.Map;

/**
 * Signs in as a service principal, or as the identity that this machine hands out, and prints an Azure Machine Learning
 * workspace. All settings come from the environment: see README.md.
 */
public final class Main {
  private Main() {}

  /** Exits with 0 where the workspace was printed, else with 1. */
  public static void main(String[] args) {
    System.exit(run(System.getenv(), System.out, System.err));
  }

  static int run(Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      WorkspaceId workspaceId = WorkspaceId.fromEnvironment(environment);
      HttpSender http = new HttpSender(TrustedAuthorities.fromEnvironment(environment));
      Cloud cloud = CloudResolver.resolve(environment, http);

      TokenSource tokens = new CachingTokenSource(sourceOf(environment, http, cloud));
      print(new WorkspaceClient(http, cloud, tokens).get(workspaceId), out);
      return 0;
    } catch (AzureException failure) {
      err.println("Error: " + failure.getMessage());
      err.println("Next: " + failure.remedy());
      failure.correlationId().ifPresent(id -> err.println("Correlation id: " + id));
      return 1;
    }
  }

  private static TokenSource sourceOf(Map<String, String> environment, HttpSender http, Cloud cloud) {
    return ManagedIdentity.fromEnvironment(environment)
        .<TokenSource>map(identity -> new ManagedIdentityClient(HttpSender.toThisMachine(), cloud, identity))
        .orElseGet(() -> new TokenClient(http, cloud, ServicePrincipal.fromEnvironment(environment)));
  }

  private static void print(Workspace workspace, PrintStream out) {
    Workspace.Properties properties = workspace.properties();
    out.println("workspace  " + workspace.name());
    out.println("location   " + shown(workspace.location()));
    out.println("identity   " + (workspace.identity() == null ? "None" : shown(workspace.identity().type())));
    out.println("state      " + (properties == null ? "" : shown(properties.provisioningState())));
    out.println("storage    " + (properties == null ? "" : shown(properties.storageAccount())));
  }

  private static String shown(String value) {
    return value == null ? "" : OneLine.of(value);
  }
}
