package com.example.azureml.auth;

import static com.example.azureml.support.Replies.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.azureml.auth.SignInException.Kind;
import com.example.azureml.http.HttpReply;
import com.example.azureml.settings.ManagedIdentity;
import com.example.azureml.settings.ManagedIdentity.Protocol;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedIdentityReplyTest {
  private static final Instant ASKED = Instant.ofEpochSecond(1_900_000_000);
  private static final ManagedIdentityReply READER =
      new ManagedIdentityReply(
          new ManagedIdentity(Protocol.APP_SERVICE, URI.create("http://127.0.0.1:1/msi/token"), "the-secret", null));

  @ParameterizedTest
  @ValueSource(strings = {"\"1900003600\"", "1900003600"})
  void readsATokenWithItsEndAsTextOrNumber(String end) {
    String body = "{\"access_token\": \"abc\", \"token_type\": \"Bearer\", \"expires_on\": " + end + "}";
    assertEquals(new AccessToken("abc", ASKED, ASKED.plusSeconds(3600)), READER.read(reply(200, body), ASKED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html></html>",
        "null",
        "[]",
        "{}",
        "{\"access_token\": \"abc\"}",
        "{\"access_token\": \"abc\", \"expires_on\": \"soon\"}",
        "{\"access_token\": \"abc\", \"expires_on\": 1900000000}",
        "{\"access_token\": \"abc\", \"expires_on\": 9223372036854775807}",
        "{\"access_token\": \"a b\", \"expires_on\": 1900003600}"
      })
  void takesNothingElseForAToken(String body) {
    assertEquals(Kind.INVALID_REPLY, failure(reply(200, body)).kind());
  }

  @ParameterizedTest
  @CsvSource({
    "302, INVALID_REPLY",
    "400, REJECTED",
    "403, REJECTED",
    "404, REJECTED",
    "429, THROTTLED",
    "500, UNAVAILABLE",
    "503, UNAVAILABLE"
  })
  void tellsRefusalsApart(int status, Kind kind) {
    SignInException error = failure(reply(status, "<html>proxy</html>"));
    assertEquals(kind, error.kind());
    assertEquals(status, error.status());
    assertTrue(error.getMessage().contains(String.valueOf(status)), error.getMessage());
  }

  @Test
  void repeatsTheReasonAndTheIdForSupport() {
    String body = "{\"statusCode\": 400, \"message\": \"No such\\nidentity.\", \"correlationId\": \"c\"}";
    SignInException error = failure(reply(400, body));
    assertTrue(error.getMessage().endsWith("(status 400): No such identity."), error.getMessage());
    assertEquals(Optional.of("c"), error.correlationId());
    String other = "{\"error\": \"invalid_request\", \"error_description\": \"Not found.\"}";
    assertTrue(failure(reply(400, other)).getMessage().endsWith(": Not found."));
  }

  @Test
  void saysHowLongToWait() {
    assertEquals("Wait 9 seconds, then try again.", failure(reply(429, "", "Retry-After", "9")).remedy());
  }

  @Test
  void neverRepeatsTheSecret() {
    assertFalse(failure(reply(400, "{\"message\": \"You sent the-secret.\"}")).toString().contains("the-secret"));
  }

  private static SignInException failure(HttpReply reply) {
    return assertThrows(SignInException.class, () -> READER.read(reply, ASKED));
  }
}
