package com.example.azureml.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Sends requests over https with time limits, and follows no redirect: a redirected request would carry the
 * secret or the token to a host that nobody chose. Uses the JVM's proxy settings.
 */
public final class HttpSender {
  /** Time for connecting. */
  public static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  /** Time for the whole exchange, the last byte of the body included. */
  public static final Duration TOTAL_LIMIT = Duration.ofSeconds(30);

  private final HttpClient client;
  private final Duration totalLimit;
  private final Predicate<URI> allowed;

  /** A sender with the usual limits. */
  public HttpSender(SSLContext trust) {
    this(trust, TOTAL_LIMIT);
  }

  HttpSender(SSLContext trust, Duration totalLimit) {
    this(builder().sslContext(trust).build(), totalLimit, uri -> "https".equalsIgnoreCase(uri.getScheme()));
  }

  private HttpSender(HttpClient client, Duration totalLimit, Predicate<URI> allowed) {
    this.client = client;
    this.totalLimit = totalLimit;
    this.allowed = allowed;
  }

  /** A sender to services of this machine and to no other host, without TLS and past every proxy. */
  public static HttpSender toThisMachine() {
    return new HttpSender(builder().proxy(HttpClient.Builder.NO_PROXY).build(), TOTAL_LIMIT, ThisMachine::has);
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).followRedirects(HttpClient.Redirect.NEVER);
  }

  /**
   * The answer, whatever its status.
   *
   * @throws IllegalArgumentException for a URL that is not https, or for {@link #toThisMachine()} of another machine
   * @throws UnreachableException where no answer comes in time
   */
  public HttpReply send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    URI uri = request.uri();
    if (!allowed.test(uri)) {
      throw new IllegalArgumentException("Requests go over https, or to this machine, only.");
    }
    // The time limit of HttpRequest ends when the headers are there; this one covers the body too.
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    try {
      HttpResponse<String> response = exchange.get(totalLimit.toMillis(), TimeUnit.MILLISECONDS);
      return new HttpReply(uri, response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException late) {
      exchange.cancel(true);
      throw RequestFailure.timedOut(uri, totalLimit, late);
    } catch (ExecutionException failed) {
      throw RequestFailure.of(uri, failed.getCause());
    } catch (InterruptedException interrupted) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw RequestFailure.interrupted(uri, interrupted);
    }
  }
}
