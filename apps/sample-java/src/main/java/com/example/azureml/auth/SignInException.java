package com.example.azureml.auth;

import com.example.azureml.AzureException;
import java.util.OptionalInt;

/** Microsoft Entra ID, or the managed-identity endpoint before it, gave no token. */
public final class SignInException extends AzureException {
  private static final long serialVersionUID = 1L;

  /** What a program can decide by. */
  public enum Kind {
    /** The credential or the request was refused; trying again without a change does not help. */
    REJECTED,
    /** Too many requests; try again later. */
    THROTTLED,
    /** The service failed; try again later. */
    UNAVAILABLE,
    /** The answer is not that of a token endpoint. */
    INVALID_REPLY
  }

  private final Kind kind;
  private final int status;
  private final Integer aadsts;

  SignInException(Kind kind, int status, Integer aadsts, String message, String remedy, String correlationId) {
    super(message, remedy, correlationId, null);
    this.kind = kind;
    this.status = status;
    this.aadsts = aadsts;
  }

  /** What a program can decide by. */
  public Kind kind() {
    return kind;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The number behind "AADSTS", such as 7000215; empty where the answer has none. */
  public OptionalInt aadsts() {
    return aadsts == null ? OptionalInt.empty() : OptionalInt.of(aadsts);
  }
}
