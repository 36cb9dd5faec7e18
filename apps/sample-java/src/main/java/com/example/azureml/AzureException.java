package com.example.azureml;

import java.util.Optional;

/**
 * Something went wrong that a person can act on. The message names the thing and the cause, the remedy
 * is the next command or setting. Neither contains a secret or a token.
 */
public class AzureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;
  private final String correlationId;

  /** An error of this program or its surroundings. */
  public AzureException(String message, String remedy) {
    this(message, remedy, null, null);
  }

  /**
   * An error that a service reported, or that has a cause.
   *
   * @param correlationId what the service's support can look up, or null
   * @param cause the exception behind it, or null
   */
  public AzureException(String message, String remedy, String correlationId, Throwable cause) {
    super(message, cause);
    this.remedy = remedy;
    this.correlationId = correlationId;
  }

  /** The next command or setting, in a sentence. */
  public String remedy() {
    return remedy;
  }

  /** The id under which the service logged the request; safe to paste. */
  public Optional<String> correlationId() {
    return Optional.ofNullable(correlationId);
  }
}
