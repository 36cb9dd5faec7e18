package com.example.azureml.auth;

import static com.example.azureml.support.Replies.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.azureml.auth.SignInException.Kind;
import com.example.azureml.http.HttpReply;
import com.example.azureml.settings.Cloud;
import com.example.azureml.settings.ServicePrincipal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenReplyTest {
  private static final Instant ASKED = Instant.parse("2030-01-01T00:00:00Z");
  private static final ServicePrincipal PRINCIPAL =
      new ServicePrincipal("contoso.onmicrosoft.com", "11111111-2222-3333-4444-555555555555", "the-secret-value");
  private static final TokenReply READER = new TokenReply(PRINCIPAL, Cloud.PUBLIC);

  @ParameterizedTest
  @ValueSource(strings = {"\"3599\"", "3599"})
  void readsATokenWithItsLifetimeAsTextOrNumber(String lifetime) {
    String body = "{\"token_type\": \"Bearer\", \"expires_in\": " + lifetime + ", \"access_token\": \"abc\"}";
    assertEquals(new AccessToken("abc", ASKED, ASKED.plusSeconds(3599)), READER.read(reply(200, body), ASKED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Sign in</html>",
        "null",
        "[]",
        "{}",
        "{\"token_type\": \"Bearer\", \"expires_in\": \"3599\"}",
        "{\"token_type\": \"Bearer\", \"expires_in\": \"soon\", \"access_token\": \"abc\"}",
        "{\"token_type\": \"Bearer\", \"expires_in\": 0, \"access_token\": \"abc\"}",
        "{\"token_type\": \"Bearer\", \"expires_in\": 9223372036854775807, \"access_token\": \"abc\"}",
        "{\"token_type\": \"Bearer\", \"expires_in\": 3599, \"access_token\": \"a\\r\\nX: b\"}",
        "{\"token_type\": \"pop\", \"expires_in\": 3599, \"access_token\": \"abc\"}"
      })
  void takesNothingElseForAToken(String body) {
    assertEquals(Kind.INVALID_REPLY, failure(reply(200, body)).kind());
  }

  @Test
  void readsTheErrorOfMicrosoftEntraId() {
    SignInException error =
        failure(
            reply(
                401,
                """
                {"error": "invalid_client", "error_description": "AADSTS7000222: The keys are expired.\\r\\nTrace ID: t \
                Correlation ID: c Timestamp: 2030-01-01 00:00:00Z", "error_codes": [7000222], "trace_id": "t",
                 "correlation_id": "c"}"""));
    assertEquals(Kind.REJECTED, error.kind());
    assertEquals(401, error.status());
    assertEquals(OptionalInt.of(7000222), error.aadsts());
    assertEquals(Optional.of("c"), error.correlationId());
    assertEquals("Microsoft Entra ID refused the sign-in: AADSTS7000222: The keys are expired.", error.getMessage());
    assertTrue(error.remedy().contains("az ad app credential reset --id " + PRINCIPAL.clientId()), error.remedy());
  }

  @Test
  void findsTheNumberInTheTextWhereItHasNoFieldOfItsOwn() {
    SignInException error =
        failure(reply(400, "{\"error\": \"invalid_request\", \"error_description\": \"AADSTS90002: No tenant.\"}"));
    assertEquals(OptionalInt.of(90002), error.aadsts());
    assertTrue(error.remedy().contains("AZURE_TENANT_ID"), error.remedy());
  }

  @Test
  void livesWithAnErrorThatHasNothingButItsCode() {
    SignInException error = failure(reply(400, "{\"error\": \"invalid_grant\"}", "client-request-id", "r"));
    assertEquals("Microsoft Entra ID refused the sign-in: invalid_grant", error.getMessage());
    assertEquals(OptionalInt.empty(), error.aadsts());
    assertEquals(Optional.of("r"), error.correlationId());
  }

  @ParameterizedTest
  @CsvSource({
    "302, INVALID_REPLY",
    "307, INVALID_REPLY",
    "400, INVALID_REPLY",
    "404, INVALID_REPLY",
    "407, INVALID_REPLY",
    "429, THROTTLED",
    "500, UNAVAILABLE",
    "503, UNAVAILABLE"
  })
  void tellsAnswersWithoutAnErrorBodyApartByStatus(int status, Kind kind) {
    SignInException error = failure(reply(status, "<html>proxy</html>"));
    assertEquals(kind, error.kind());
    assertTrue(error.getMessage().contains(String.valueOf(status)), error.getMessage());
  }

  @Test
  void saysHowLongToWait() {
    assertTrue(failure(reply(429, "", "Retry-After", "17")).remedy().startsWith("Wait 17 seconds"));
    String date = "Tue, 01 Jan 2030 00:00:00 GMT";
    assertTrue(failure(reply(429, "", "Retry-After", date)).remedy().startsWith("Wait a minute"));
  }

  @Test
  void neverRepeatsTheSecret() {
    String body = "{\"error\": \"x\", \"error_description\": \"You sent the-secret-value.\"}";
    assertFalse(failure(reply(400, body)).toString().contains(PRINCIPAL.clientSecret()));
  }

  private static SignInException failure(HttpReply reply) {
    return assertThrows(SignInException.class, () -> READER.read(reply, ASKED));
  }
}
