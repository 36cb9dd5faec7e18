package com.example.azureml.http;

import com.example.azureml.AzureException;

/** No answer came: the network, the certificate or the time limit stood in the way. */
public final class UnreachableException extends AzureException {
  private static final long serialVersionUID = 1L;

  /** A request without an answer. */
  public UnreachableException(String message, String remedy, Throwable cause) {
    super(message, remedy, null, cause);
  }
}
