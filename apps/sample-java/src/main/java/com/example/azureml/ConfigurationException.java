package com.example.azureml;

/** A setting is missing or malformed; trying again does not help. */
public final class ConfigurationException extends AzureException {
  private static final long serialVersionUID = 1L;

  /** An error in the settings. */
  public ConfigurationException(String message, String remedy) {
    super(message, remedy);
  }

  /** An error in the settings that an exception revealed. */
  public ConfigurationException(String message, String remedy, Throwable cause) {
    super(message, remedy, null, cause);
  }
}
