package com.example.azureml.auth;

import com.example.azureml.http.HttpReply;
import com.example.azureml.http.Json;
import com.example.azureml.http.OneLine;
import com.example.azureml.settings.Cloud;
import com.example.azureml.settings.ServicePrincipal;
import com.google.gson.annotations.SerializedName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads the answers of the token endpoint; sends nothing. */
final class TokenReply {
  private final ServicePrincipal principal;
  private final Cloud cloud;

  /** Whose answers: both are named in messages. */
  TokenReply(ServicePrincipal principal, Cloud cloud) {
    this.principal = principal;
    this.cloud = cloud;
  }

  /**
   * @param askedAt when the request was sent: the lifetime counts from the answer, so this errs on the safe side
   * @throws SignInException for everything but a token
   */
  AccessToken read(HttpReply reply, Instant askedAt) {
    if (reply.status() == 200) {
      return Json.parse(reply.body(), Body.class)
          .flatMap(body -> body.toToken(askedAt))
          .orElseThrow(() -> invalid(reply));
    }
    if (reply.status() == 429) {
      throw throttled(reply);
    }
    if (reply.status() >= 500) {
      throw unavailable(reply);
    }
    throw EntraError.parse(reply.body()).map(error -> rejected(reply, error)).orElseGet(() -> invalid(reply));
  }

  private SignInException rejected(HttpReply reply, EntraError error) {
    Integer aadsts = error.aadsts().orElse(null);
    String remedy = SignInRemedy.of(aadsts == null ? 0 : aadsts, principal, cloud);
    String message = "Microsoft Entra ID refused the sign-in: " + error.summary();
    return failure(SignInException.Kind.REJECTED, reply, aadsts, message, remedy, error.correlationId());
  }

  private SignInException throttled(HttpReply reply) {
    String wait = reply.retryAfter().map(time -> time.toSeconds() + " seconds").orElse("a minute");
    String message = host() + " asks to slow down (status 429).";
    String remedy = "Wait " + wait + ", then try again; keep tokens instead of signing in for each call.";
    return failure(SignInException.Kind.THROTTLED, reply, null, message, remedy, null);
  }

  private SignInException unavailable(HttpReply reply) {
    Optional<EntraError> error = EntraError.parse(reply.body());
    String message = host() + " failed with status " + reply.status() + ".";
    String remedy = "Try again in a minute; https://status.azure.com shows outages.";
    return failure(
        SignInException.Kind.UNAVAILABLE,
        reply,
        error.flatMap(EntraError::aadsts).orElse(null),
        error.map(known -> message + " " + known.summary()).orElse(message),
        remedy,
        error.map(EntraError::correlationId).orElse(null));
  }

  private SignInException invalid(HttpReply reply) {
    String message = host() + " answered with status " + reply.status() + " and not as a token endpoint does.";
    String remedy =
        "Check AZURE_AUTHORITY_HOST, and whether a proxy or a sign-in page of the network stands in between.";
    return failure(SignInException.Kind.INVALID_REPLY, reply, null, message, remedy, null);
  }

  private SignInException failure(
      SignInException.Kind kind, HttpReply reply, Integer aadsts, String message, String remedy, String id) {
    String correlationId = id != null ? OneLine.of(id) : reply.header("client-request-id").orElse(null);
    return new SignInException(kind, reply.status(), aadsts, withoutSecret(message), remedy, correlationId);
  }

  /** The service does not repeat the secret; whoever else answers might. A short word could stand there by chance. */
  private String withoutSecret(String message) {
    String secret = principal.clientSecret();
    return secret.length() < 8 ? message : message.replace(secret, "***");
  }

  private String host() {
    return cloud.authority().getAuthority();
  }

  /** A token as the endpoint of version 1.0 gives it, with numbers as text; Gson reads both forms. */
  private record Body(
      @SerializedName("access_token") String accessToken,
      @SerializedName("token_type") String tokenType,
      @SerializedName("expires_in") Long expiresInSeconds) {
    Optional<AccessToken> toToken(Instant askedAt) {
      boolean complete =
          accessToken != null
              && accessToken.matches("[\\x21-\\x7e]+")
              && "Bearer".equalsIgnoreCase(tokenType)
              && expiresInSeconds != null
              && expiresInSeconds > 0;
      try {
        return complete
            ? Optional.of(new AccessToken(accessToken, askedAt, askedAt.plus(Duration.ofSeconds(expiresInSeconds))))
            : Optional.empty();
      } catch (DateTimeException | ArithmeticException beyondTime) {
        return Optional.empty();
      }
    }

    /** Without the token. */
    @Override
    public String toString() {
      return "Body[expiresInSeconds=" + expiresInSeconds + "]";
    }
  }
}
