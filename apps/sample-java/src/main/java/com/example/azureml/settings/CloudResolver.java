package com.example.azureml.settings;

import com.example.azureml.ConfigurationException;
import com.example.azureml.http.HttpSender;
import java.net.URI;
import java.util.Map;

/** Finds the cloud that the environment names. */
public final class CloudResolver {
  private CloudResolver() {}

  /**
   * The cloud described at {@code ARM_CLOUD_METADATA_URL}, else the known cloud whose authority is
   * {@code AZURE_AUTHORITY_HOST}, else the public one. Only a metadata URL leads to a request.
   *
   * @throws ConfigurationException for a value that leads to no cloud
   * @throws com.example.azureml.http.UnreachableException where the metadata cannot be fetched
   */
  public static Cloud resolve(Map<String, String> variables, HttpSender http) {
    Environment environment = new Environment(variables);
    return environment
        .optional("ARM_CLOUD_METADATA_URL")
        .map(url -> CloudMetadata.fetch(http, HttpsUrl.parse("ARM_CLOUD_METADATA_URL", url)))
        .or(() -> environment.optional("AZURE_AUTHORITY_HOST").map(CloudResolver::cloudOfAuthority))
        .orElse(Cloud.PUBLIC);
  }

  /** The Azure SDKs take the authority with and without "https://". */
  private static Cloud cloudOfAuthority(String authority) {
    String url = authority.contains("://") ? authority : "https://" + authority;
    URI origin = HttpsUrl.origin("AZURE_AUTHORITY_HOST", url);
    return Cloud.withAuthority(origin)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "AZURE_AUTHORITY_HOST names " + origin + ", which is the authority of no known cloud.",
                    "Set ARM_CLOUD_METADATA_URL too: it says where the Resource Manager of that cloud is."));
  }
}
