package com.example.azureml.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.azureml.ConfigurationException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudTest {
  private static final URI METADATA = URI.create("https://arm.example/metadata/endpoints");

  @Test
  void isThePublicCloudWithoutSettings() {
    assertEquals(Cloud.PUBLIC, CloudResolver.resolve(Map.of(), null));
    assertEquals("https://management.azure.com/", Cloud.PUBLIC.audience());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://login.microsoftonline.us/", "login.microsoftonline.us", "https://LOGIN.microsoftonline.us:443"})
  void findsAKnownCloudByItsAuthority(String authority) {
    assertEquals(Cloud.US_GOVERNMENT, CloudResolver.resolve(Map.of("AZURE_AUTHORITY_HOST", authority), null));
  }

  @Test
  void refusesAnAuthorityWhoseResourceManagerNobodyKnows() {
    ConfigurationException error =
        assertThrows(
            ConfigurationException.class,
            () -> CloudResolver.resolve(Map.of("AZURE_AUTHORITY_HOST", "https://login.example"), null));
    assertTrue(error.remedy().contains("ARM_CLOUD_METADATA_URL"), error.remedy());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://arm.example/metadata", "https://user:word@arm.example/", "arm.example", "https://a b"})
  void asksNoMetadataOverAnythingButPlainHttps(String url) {
    ConfigurationException error =
        assertThrows(
            ConfigurationException.class, () -> CloudResolver.resolve(Map.of("ARM_CLOUD_METADATA_URL", url), null));
    assertTrue(error.getMessage().startsWith("ARM_CLOUD_METADATA_URL is not an https URL"), error.getMessage());
  }

  @Test
  void readsTheMetadataDocument() {
    String body =
        """
        {"name": "Custom", "resourceManager": "https://arm.example/", "unknown": {},
         "authentication": {"loginEndpoint": "https://login.example:8443/", "audiences": ["https://arm.audience"]}}""";
    Cloud expected =
        new Cloud(URI.create("https://login.example:8443"), URI.create("https://arm.example"), "https://arm.audience");
    assertEquals(expected, CloudMetadata.parse(METADATA, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html></html>",
        "[]",
        "{}",
        "{\"authentication\": 7}",
        "{\"resourceManager\": \"https://arm.example\", \"authentication\": {}}",
        "{\"resourceManager\": \"http://arm.example\", \"authentication\": {\"loginEndpoint\": \"https://login.example\"}}",
        "{\"resourceManager\": \"https://arm.example\", \"authentication\": {\"loginEndpoint\": \"http://login.example\"}}"
      })
  void refusesADocumentThatDescribesNoCloudOverHttps(String body) {
    assertThrows(ConfigurationException.class, () -> CloudMetadata.parse(METADATA, body));
  }
}
