package com.example.azureml.auth;

import com.example.azureml.http.Json;
import com.example.azureml.http.OneLine;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The error body of Microsoft Entra ID: RFC 6749, section 5.2, with Microsoft's own fields. Any field may be null.
 *
 * @param error the code of OAuth 2.0, such as {@code invalid_client}
 * @param codes numbers behind "AADSTS", the one that matters first
 */
record EntraError(
    String error,
    @SerializedName("error_description") String description,
    @SerializedName("error_codes") List<Integer> codes,
    @SerializedName("correlation_id") String correlationId) {
  private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d{2,9})");

  /** Where the ids for support begin, which are told apart from the text. */
  private static final Pattern IDS = Pattern.compile("\\s*Trace ID: .*", Pattern.DOTALL);

  /** The error; empty where the body is something else, such as the HTML page of a proxy. */
  static Optional<EntraError> parse(String body) {
    return Json.parse(body, EntraError.class).filter(parsed -> parsed.error != null);
  }

  /** The AADSTS number: from its own field, else from the text. */
  Optional<Integer> aadsts() {
    if (codes != null && !codes.isEmpty() && codes.get(0) != null) {
      return Optional.of(codes.get(0));
    }
    Matcher number = NUMBER.matcher(description == null ? "" : description);
    return number.find() ? Optional.of(Integer.valueOf(number.group(1))) : Optional.empty();
  }

  /** The text without trace id, correlation id and time; the code of OAuth 2.0 where there is no text. */
  String summary() {
    return description == null || description.isBlank() ? error : OneLine.of(IDS.matcher(description).replaceFirst(""));
  }
}
