package com.example.azureml.auth;

import java.time.Duration;
import java.time.Instant;

/**
 * An access token and its time.
 *
 * @param value what goes behind {@code Authorization: Bearer}; never printed
 * @param issuedAt when it was asked for, by the clock of this machine
 * @param expiresAt when services stop accepting it, by the clock of this machine
 */
public record AccessToken(String value, Instant issuedAt, Instant expiresAt) {
  private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);

  /**
   * Whether it will be accepted for a while yet: until 5 minutes before its end, or until its last fifth where
   * that is shorter.
   */
  public boolean isReusableAt(Instant now) {
    Duration fifth = Duration.between(issuedAt, expiresAt).dividedBy(5);
    Duration margin = fifth.compareTo(LONGEST_MARGIN) < 0 ? fifth : LONGEST_MARGIN;
    return now.isBefore(expiresAt.minus(margin));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "AccessToken[expiresAt=" + expiresAt + "]";
  }
}
