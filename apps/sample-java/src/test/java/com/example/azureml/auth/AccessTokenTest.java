package com.example.azureml.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokenTest {
  private static final Instant ISSUED = Instant.parse("2030-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "3600, 0, true",
    "3600, 3299, true",
    "3600, 3300, false",
    "3600, 4000, false",
    "60, 47, true",
    "60, 48, false",
    "1, 0, true",
    "1, 1, false"
  })
  void isReusedUntilShortlyBeforeItsEnd(long lifetime, long age, boolean reusable) {
    AccessToken token = new AccessToken("value", ISSUED, ISSUED.plusSeconds(lifetime));
    assertEquals(reusable, token.isReusableAt(ISSUED.plusSeconds(age)));
  }

  @Test
  void neverPrintsItself() {
    assertFalse(new AccessToken("the-token", ISSUED, ISSUED).toString().contains("the-token"));
  }
}
