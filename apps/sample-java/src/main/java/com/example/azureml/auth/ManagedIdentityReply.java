package com.example.azureml.auth;

import com.example.azureml.auth.SignInException.Kind;
import com.example.azureml.http.HttpReply;
import com.example.azureml.http.Json;
import com.example.azureml.http.OneLine;
import com.example.azureml.settings.ManagedIdentity;
import com.google.gson.annotations.SerializedName;
import java.time.Instant;
import java.util.Optional;

/** Reads the answers of a managed-identity endpoint; sends nothing. */
final class ManagedIdentityReply {
  private final ManagedIdentity identity;

  /** Whose answers: the endpoint is named in messages. */
  ManagedIdentityReply(ManagedIdentity identity) {
    this.identity = identity;
  }

  /**
   * @param askedAt when the request was sent
   * @throws SignInException for everything but a token
   */
  AccessToken read(HttpReply reply, Instant askedAt) {
    if (reply.status() == 200) {
      return Json.parse(reply.body(), Body.class)
          .flatMap(body -> body.toToken(askedAt))
          .orElseThrow(() -> invalid(reply));
    }
    if (reply.status() < 400) {
      throw invalid(reply);
    }
    throw refusal(reply);
  }

  private SignInException refusal(HttpReply reply) {
    int status = reply.status();
    Optional<Refusal> refusal = Json.parse(reply.body(), Refusal.class);
    String reason = refusal.map(Refusal::text).map(text -> ": " + text).orElse(".");
    String message = "The managed-identity endpoint gave no token (status " + status + ")" + reason;
    String id = refusal.map(Refusal::correlationId).orElse(null);
    if (status == 429) {
      String wait = reply.retryAfter().map(time -> time.toSeconds() + " seconds").orElse("a minute");
      return failure(Kind.THROTTLED, status, message, "Wait " + wait + ", then try again.", id);
    }
    if (status >= 500) {
      return failure(Kind.UNAVAILABLE, status, message, "Try again in a minute.", id);
    }
    String remedy =
        "Check that the managed identity is assigned to this machine and the client id is right; with \"aml-auth exec\","
            + " that \"aml-auth token\" gives a token.";
    return failure(Kind.REJECTED, status, message, remedy, id);
  }

  private SignInException invalid(HttpReply reply) {
    String message =
        identity.endpoint() + " answered with status " + reply.status() + " and not as a managed identity does.";
    return failure(Kind.INVALID_REPLY, reply.status(), message, "Check what listens there.", null);
  }

  private SignInException failure(Kind kind, int status, String message, String remedy, String correlationId) {
    String id = correlationId == null ? null : OneLine.of(correlationId);
    return new SignInException(kind, status, null, message.replace(identity.secret(), "***"), remedy, id);
  }

  /**
   * A token as the endpoints give it.
   *
   * @param expiresOn seconds since 1970, as a number or as text; Gson reads both forms
   */
  private record Body(
      @SerializedName("access_token") String accessToken, @SerializedName("expires_on") Long expiresOn) {
    /** The times of Instant end much later; a token does not live until the year 5138. */
    private static final long LATEST = 100_000_000_000L;

    Optional<AccessToken> toToken(Instant askedAt) {
      boolean complete =
          accessToken != null
              && accessToken.matches("[\\x21-\\x7e]+")
              && expiresOn != null
              && expiresOn > askedAt.getEpochSecond()
              && expiresOn < LATEST;
      return complete
          ? Optional.of(new AccessToken(accessToken, askedAt, Instant.ofEpochSecond(expiresOn)))
          : Optional.empty();
    }

    /** Without the token. */
    @Override
    public String toString() {
      return "Body[expiresOn=" + expiresOn + "]";
    }
  }

  /** The two forms of error: App Service has a message, services in front of Microsoft Entra ID a description. */
  private record Refusal(
      String message, @SerializedName("error_description") String description, String correlationId) {
    String text() {
      String text = message == null ? description : message;
      return text == null || text.isBlank() ? null : OneLine.of(text);
    }
  }
}
