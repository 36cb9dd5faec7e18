package com.example.azureml.auth;

import com.example.azureml.settings.Cloud;
import com.example.azureml.settings.ServicePrincipal;

/**
 * What to do about the errors that a service principal meets. All of them:
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
final class SignInRemedy {
  private SignInRemedy() {}

  /**
   * @param aadsts the number behind "AADSTS"; 0 where the answer has none
   */
  static String of(int aadsts, ServicePrincipal principal, Cloud cloud) {
    String application = "application " + principal.clientId();
    String tenant = "tenant " + principal.tenantId();
    return switch (aadsts) {
      case 7000215, 7000222 -> "Make a new secret with \"az ad app credential reset --id "
          + principal.clientId()
          + " --append\" and set AZURE_CLIENT_SECRET to its value, not its id.";
      case 7000218 -> "Set AZURE_CLIENT_SECRET to a client secret of " + application + ".";
      case 700016 -> "Check AZURE_CLIENT_ID and AZURE_TENANT_ID: "
          + application
          + " must have a service principal in "
          + tenant
          + "; if it is new, wait a minute.";
      case 700038 -> "Set AZURE_CLIENT_ID to the application (client) id, a GUID.";
      case 90002, 900023 -> "Check AZURE_TENANT_ID: " + tenant + " is not known at " + cloud.authority() + ".";
      case 500011 -> "Check the cloud: "
          + cloud.audience()
          + " is not known to "
          + tenant
          + ". AZURE_AUTHORITY_HOST and the tenant must belong to the same cloud.";
      case 53003 -> "A Conditional Access policy for workload identities blocks the sign-in: ask the administrator of "
          + tenant
          + ".";
      default -> "Look the error up at https://login.microsoftonline.com/error, or ask the administrator of "
          + tenant
          + " with the correlation id.";
    };
  }
}
