package com.example.azureml.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.azureml.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String GUID = "11111111-2222-3333-4444-555555555555";
  private static final Map<String, String> COMPLETE =
      Map.of(
          "AZURE_TENANT_ID", "contoso.onmicrosoft.com",
          "AZURE_CLIENT_ID", GUID,
          "AZURE_CLIENT_SECRET", "a secret+&=%",
          "AZUREML_ARM_SUBSCRIPTION", GUID,
          "AZUREML_ARM_RESOURCEGROUP", "rg",
          "AZUREML_ARM_WORKSPACE_NAME", "ws");

  @Test
  void readsWhoSignsInAndWhatIsRead() {
    assertEquals(
        new ServicePrincipal("contoso.onmicrosoft.com", GUID, "a secret+&=%"),
        ServicePrincipal.fromEnvironment(COMPLETE));
    assertEquals(new WorkspaceId(GUID, "rg", "ws"), WorkspaceId.fromEnvironment(COMPLETE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"})
  void namesTheVariableThatIsEmpty(String name) {
    ConfigurationException error =
        assertThrows(ConfigurationException.class, () -> ServicePrincipal.fromEnvironment(with(name, " ")));
    assertTrue(error.getMessage().contains(name), error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"AZURE_TENANT_ID, ../common", "AZURE_TENANT_ID, common", "AZURE_CLIENT_ID, my-app"})
  void refusesIdsThatAreNone(String name, String value) {
    ConfigurationException error =
        assertThrows(ConfigurationException.class, () -> ServicePrincipal.fromEnvironment(with(name, value)));
    assertTrue(error.getMessage().contains(name), error.getMessage());
  }

  @Test
  void refusesASubscriptionThatIsNoGuid() {
    assertThrows(
        ConfigurationException.class, () -> WorkspaceId.fromEnvironment(with("AZUREML_ARM_SUBSCRIPTION", "dev")));
  }

  @Test
  void neverPrintsTheSecret() {
    assertFalse(ServicePrincipal.fromEnvironment(COMPLETE).toString().contains("secret+"));
    assertFalse(new Environment(COMPLETE).toString().contains("secret+"));
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> changed = new HashMap<>(COMPLETE);
    changed.put(name, value);
    return changed;
  }
}
