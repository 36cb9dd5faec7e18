package com.example.azureml.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.azureml.ConfigurationException;
import com.example.azureml.settings.ManagedIdentity.Protocol;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedIdentityTest {
  private static final String ENDPOINT = "http://127.0.0.1:4141/msi/token";
  private static final String CLIENT = "11111111-2222-3333-4444-555555555555";
  private static final Map<String, String> APP_SERVICE =
      Map.of("IDENTITY_ENDPOINT", ENDPOINT, "IDENTITY_HEADER", "the-secret");
  private static final Map<String, String> AZURE_ML =
      Map.of("MSI_ENDPOINT", ENDPOINT, "MSI_SECRET", "the-secret", "DEFAULT_IDENTITY_CLIENT_ID", CLIENT);

  @Test
  void readsTheVariablesOfAppServiceAndOfAzureMl() {
    URI endpoint = URI.create(ENDPOINT);
    assertEquals(
        Optional.of(new ManagedIdentity(Protocol.APP_SERVICE, endpoint, "the-secret", null)),
        ManagedIdentity.fromEnvironment(APP_SERVICE));
    assertEquals(
        Optional.of(new ManagedIdentity(Protocol.APP_SERVICE, endpoint, "the-secret", CLIENT)),
        ManagedIdentity.fromEnvironment(with(APP_SERVICE, "AZURE_CLIENT_ID", CLIENT)));
    assertEquals(
        Optional.of(new ManagedIdentity(Protocol.AZURE_ML, endpoint, "the-secret", CLIENT)),
        ManagedIdentity.fromEnvironment(AZURE_ML));
  }

  @Test
  void leavesTheSignInToAServicePrincipalThatHasASecret() {
    assertTrue(ManagedIdentity.fromEnvironment(with(APP_SERVICE, "AZURE_CLIENT_SECRET", "s")).isEmpty());
  }

  @Test
  void isNotThereWithoutItsSecret() {
    assertTrue(ManagedIdentity.fromEnvironment(Map.of()).isEmpty());
    assertTrue(ManagedIdentity.fromEnvironment(with(APP_SERVICE, "IDENTITY_HEADER", "")).isEmpty());
    assertTrue(ManagedIdentity.fromEnvironment(with(AZURE_ML, "MSI_SECRET", "")).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1/x", "http://[::1]:1/x", "http://169.254.129.2:8081/msi/token"})
  void takesAddressesOfThisMachine(String url) {
    Map<String, String> environment = with(APP_SERVICE, "IDENTITY_ENDPOINT", url);
    assertEquals(URI.create(url), ManagedIdentity.fromEnvironment(environment).orElseThrow().endpoint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/msi/token",
        "https://example.com/msi/token",
        "http://127.0.0.1.example.com/",
        "http://10.0.0.4/",
        "http://127.0.0.1@example.com/",
        "http://user@127.0.0.1/",
        "http://127.0.0.1/?resource=x",
        "file:///etc/passwd",
        "not a url"
      })
  void sendsItsSecretToNoOtherMachine(String url) {
    Map<String, String> environment = with(APP_SERVICE, "IDENTITY_ENDPOINT", url);
    ConfigurationException error =
        assertThrows(ConfigurationException.class, () -> ManagedIdentity.fromEnvironment(environment));
    assertTrue(error.getMessage().startsWith("IDENTITY_ENDPOINT "), error.getMessage());
  }

  @Test
  void refusesAClientIdThatIsNone() {
    Map<String, String> environment = with(APP_SERVICE, "AZURE_CLIENT_ID", "my-app");
    assertThrows(ConfigurationException.class, () -> ManagedIdentity.fromEnvironment(environment));
  }

  @Test
  void neverPrintsTheSecret() {
    assertFalse(ManagedIdentity.fromEnvironment(APP_SERVICE).toString().contains("the-secret"));
  }

  private static Map<String, String> with(Map<String, String> variables, String name, String value) {
    Map<String, String> changed = new HashMap<>(variables);
    changed.put(name, value);
    return changed;
  }
}
