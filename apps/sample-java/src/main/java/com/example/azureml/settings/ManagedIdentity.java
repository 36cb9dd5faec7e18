package com.example.azureml.settings;

import com.example.azureml.ConfigurationException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where this machine hands out tokens of the identity that it runs as: App Service, Container Apps, the compute of
 * Azure Machine Learning, or {@code aml-auth exec} on any other machine.
 *
 * @param protocol how the endpoint is asked
 * @param endpoint on this machine
 * @param secret what shows the endpoint that the program may ask; never printed
 * @param clientId which identity, where the machine has several; null for its only one
 */
public record ManagedIdentity(Protocol protocol, URI endpoint, String secret, String clientId) {
  /** How an endpoint is asked. */
  public enum Protocol {
    /** https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference */
    APP_SERVICE("2019-08-01", "X-IDENTITY-HEADER", "client_id"),
    /** The compute of Azure Machine Learning keeps an earlier version of the same. */
    AZURE_ML("2017-09-01", "secret", "clientid");

    private final String apiVersion;
    private final String secretHeader;
    private final String clientIdParameter;

    Protocol(String apiVersion, String secretHeader, String clientIdParameter) {
      this.apiVersion = apiVersion;
      this.secretHeader = secretHeader;
      this.clientIdParameter = clientIdParameter;
    }

    /** The value of {@code api-version}. */
    public String apiVersion() {
      return apiVersion;
    }

    /** The header that carries the secret. */
    public String secretHeader() {
      return secretHeader;
    }

    /** The query parameter that names an identity. */
    public String clientIdParameter() {
      return clientIdParameter;
    }
  }

  /**
   * Reads {@code IDENTITY_ENDPOINT} and {@code IDENTITY_HEADER}, else {@code MSI_ENDPOINT} and {@code MSI_SECRET}.
   * Empty where neither pair is complete, and where {@code AZURE_CLIENT_SECRET} asks for a service principal: the
   * order of the Azure SDK's DefaultAzureCredential.
   *
   * @throws ConfigurationException where the endpoint is not on this machine, or a client id is no GUID
   */
  public static Optional<ManagedIdentity> fromEnvironment(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    if (environment.optional("AZURE_CLIENT_SECRET").isPresent()) {
      return Optional.empty();
    }
    return read(environment, Protocol.APP_SERVICE, "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "AZURE_CLIENT_ID")
        .or(() -> read(environment, Protocol.AZURE_ML, "MSI_ENDPOINT", "MSI_SECRET", "DEFAULT_IDENTITY_CLIENT_ID"));
  }

  private static Optional<ManagedIdentity> read(
      Environment environment, Protocol protocol, String endpoint, String secret, String clientId) {
    Optional<String> url = environment.optional(endpoint);
    Optional<String> proof = environment.optional(secret);
    if (url.isEmpty() || proof.isEmpty()) {
      return Optional.empty();
    }
    String client =
        environment.optional(clientId).isEmpty()
            ? null
            : environment.requiredGuid(clientId, "the client id of the managed identity");
    return Optional.of(new ManagedIdentity(protocol, LocalUrl.parse(endpoint, url.get()), proof.get(), client));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ManagedIdentity[protocol=" + protocol + ", endpoint=" + endpoint + "]";
  }
}
