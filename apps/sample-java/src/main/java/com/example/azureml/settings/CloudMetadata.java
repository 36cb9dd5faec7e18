package com.example.azureml.settings;

import com.example.azureml.ConfigurationException;
import com.example.azureml.http.HttpReply;
import com.example.azureml.http.HttpSender;
import com.example.azureml.http.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

/**
 * Reads the document with which Azure Resource Manager describes its cloud:
 * {@code GET {resource manager}/metadata/endpoints?api-version=2022-09-01}. Only this form, one object, is read.
 */
final class CloudMetadata {
  private static final String REMEDY =
      "Set ARM_CLOUD_METADATA_URL to https://<resource manager>/metadata/endpoints?api-version=2022-09-01.";

  private CloudMetadata() {}

  /**
   * @throws ConfigurationException where the URL leads to anything but such a document
   * @throws com.example.azureml.http.UnreachableException where no answer comes
   */
  static Cloud fetch(HttpSender http, URI url) {
    HttpReply reply = http.send(HttpRequest.newBuilder(url).header("Accept", "application/json").GET());
    if (reply.status() != 200) {
      throw unusable(url, "the host answered with status " + reply.status());
    }
    return parse(url, reply.body());
  }

  static Cloud parse(URI url, String body) {
    Document document =
        Json.parse(body, Document.class).orElseThrow(() -> unusable(url, "it is not the JSON object expected"));
    Authentication authentication = document.authentication();
    if (authentication == null || authentication.loginEndpoint() == null || document.resourceManager() == null) {
      throw unusable(url, "it lacks authentication.loginEndpoint or resourceManager");
    }
    URI resourceManager = HttpsUrl.origin("resourceManager of the cloud metadata", document.resourceManager());
    return new Cloud(
        HttpsUrl.origin("authentication.loginEndpoint of the cloud metadata", authentication.loginEndpoint()),
        resourceManager,
        authentication.firstAudience(resourceManager + "/"));
  }

  private static ConfigurationException unusable(URI url, String problem) {
    return new ConfigurationException("The cloud metadata at " + url + " cannot be used: " + problem + ".", REMEDY);
  }

  private record Document(String resourceManager, Authentication authentication) {}

  private record Authentication(String loginEndpoint, List<String> audiences) {
    String firstAudience(String otherwise) {
      return audiences == null || audiences.isEmpty() || audiences.get(0) == null ? otherwise : audiences.get(0);
    }
  }
}
