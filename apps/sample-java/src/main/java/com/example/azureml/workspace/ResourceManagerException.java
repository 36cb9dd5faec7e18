package com.example.azureml.workspace;

import com.example.azureml.AzureException;
import java.util.Optional;

/** Azure Resource Manager did not do what it was asked. */
public final class ResourceManagerException extends AzureException {
  private static final long serialVersionUID = 1L;

  /** What a program can decide by. */
  public enum Kind {
    /** 401: the token was not accepted. */
    UNAUTHENTICATED,
    /** 403: the caller is known but lacks a role. */
    FORBIDDEN,
    /** 404: there is no such thing. */
    NOT_FOUND,
    /** 429: try again later. */
    THROTTLED,
    /** 5xx: the service failed; try again later. */
    UNAVAILABLE,
    /** Any other refusal. */
    REJECTED,
    /** The answer is not that of Azure Resource Manager. */
    INVALID_REPLY
  }

  private final Kind kind;
  private final int status;
  private final String code;

  ResourceManagerException(
      Kind kind, int status, String code, String message, String remedy, String correlationId) {
    super(message, remedy, correlationId, null);
    this.kind = kind;
    this.status = status;
    this.code = code;
  }

  /** What a program can decide by. */
  public Kind kind() {
    return kind;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The service's own code, such as {@code AuthorizationFailed}. */
  public Optional<String> code() {
    return Optional.ofNullable(code);
  }
}
