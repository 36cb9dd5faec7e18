package com.example.azureml.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** An answer as the parsers of this program need it. */
public record HttpReply(URI uri, int status, HttpHeaders headers, String body) {
  /** The first value of a header that has text. */
  public Optional<String> header(String name) {
    return headers.firstValue(name).filter(value -> !value.isBlank());
  }

  /**
   * How long the service asks to wait: {@code Retry-After} in seconds (RFC 9110, section 10.2.3). Its date form is
   * not read.
   */
  public Optional<Duration> retryAfter() {
    try {
      OptionalLong seconds = headers.firstValueAsLong("Retry-After");
      return seconds.isPresent() && seconds.getAsLong() >= 0
          ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
          : Optional.empty();
    } catch (NumberFormatException aDate) {
      return Optional.empty();
    }
  }

  /** Without headers and body: the body may be a token. */
  @Override
  public String toString() {
    return "HttpReply[" + status + " from " + uri.getHost() + "]";
  }
}
