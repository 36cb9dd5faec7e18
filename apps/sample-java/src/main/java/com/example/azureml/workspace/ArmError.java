package com.example.azureml.workspace;

import com.example.azureml.http.Json;
import com.example.azureml.http.OneLine;
import java.util.Optional;

/** The error body of Azure Resource Manager: {@code {"error": {"code": …, "message": …}}}. */
record ArmError(String code, String message) {
  /** The error; empty where the body is something else. */
  static Optional<ArmError> parse(String body) {
    return Json.parse(body, Envelope.class)
        .map(Envelope::error)
        .filter(error -> error.code != null)
        .map(error -> new ArmError(OneLine.of(error.code), error.message == null ? "" : OneLine.of(error.message)));
  }

  private record Envelope(ArmError error) {}
}
