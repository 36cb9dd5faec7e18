package com.example.azureml.settings;

import com.example.azureml.ConfigurationException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Environment variables, checked as they are read. An empty variable counts as absent. */
record Environment(Map<String, String> variables) {
  private static final Pattern GUID =
      Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * @param meaning what the variable holds, for the error: "the tenant id"
   * @throws ConfigurationException where the variable is absent
   */
  String required(String name, String meaning) {
    return optional(name)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "The environment variable " + name + " is not set.", "Set it to " + meaning + "."));
  }

  /**
   * @throws ConfigurationException where the variable is absent or no GUID
   */
  String requiredGuid(String name, String meaning) {
    String value = required(name, meaning).strip();
    if (isGuid(value)) {
      return value;
    }
    throw new ConfigurationException(
        "The environment variable " + name + " is not a GUID.",
        "Set it to " + meaning + ", such as 00000000-0000-0000-0000-000000000000.");
  }

  static boolean isGuid(String value) {
    return GUID.matcher(value).matches();
  }

  /** Without the values: one of them is the client secret. */
  @Override
  public String toString() {
    return "Environment[" + variables.size() + " variables]";
  }
}
