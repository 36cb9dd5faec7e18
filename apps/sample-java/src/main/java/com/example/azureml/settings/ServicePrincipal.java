package com.example.azureml.settings;

import com.example.azureml.ConfigurationException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An application's identity in a tenant of Microsoft Entra ID, and the secret that proves it.
 *
 * @param tenantId a GUID or a domain of the tenant
 * @param clientId the application (client) id, a GUID
 * @param clientSecret the value of a client secret; never printed
 */
public record ServicePrincipal(String tenantId, String clientId, String clientSecret) {
  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

  /**
   * Reads {@code AZURE_TENANT_ID}, {@code AZURE_CLIENT_ID} and {@code AZURE_CLIENT_SECRET}.
   *
   * @throws ConfigurationException where one is missing or malformed
   */
  public static ServicePrincipal fromEnvironment(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    return new ServicePrincipal(
        tenantId(environment),
        environment.requiredGuid("AZURE_CLIENT_ID", "the application (client) id"),
        environment.required("AZURE_CLIENT_SECRET", "the value (not the id) of a client secret of the application"));
  }

  private static String tenantId(Environment environment) {
    String value = environment.required("AZURE_TENANT_ID", "the tenant id").strip();
    if (Environment.isGuid(value) || DOMAIN.matcher(value).matches()) {
      return value;
    }
    throw new ConfigurationException(
        "The environment variable AZURE_TENANT_ID is neither a GUID nor a domain name.",
        "Set it to the tenant id, or to a domain such as contoso.onmicrosoft.com.");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ServicePrincipal[tenantId=" + tenantId + ", clientId=" + clientId + "]";
  }
}
