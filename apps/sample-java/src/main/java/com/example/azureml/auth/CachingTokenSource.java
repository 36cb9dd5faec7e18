package com.example.azureml.auth;

import com.example.azureml.AzureException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Keeps the token of another source until shortly before it expires. Callers that come at the same time share one
 * request, and its failure; the next caller after a failure asks again. Safe for many threads: make one and share it.
 */
public final class CachingTokenSource implements TokenSource {
  private final TokenSource source;
  private final Clock clock;
  private CompletableFuture<AccessToken> current;

  /** Tells the time by the machine's clock. */
  public CachingTokenSource(TokenSource source) {
    this(source, Clock.systemUTC());
  }

  CachingTokenSource(TokenSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public AccessToken getToken() {
    try {
      // The request runs beside its callers, so that interrupting one of them leaves the others their token.
      return request().get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof AzureException known) {
        throw known;
      }
      throw new IllegalStateException("The source of tokens failed.", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AzureException("Waiting for a token was interrupted.", "Start it again.", null, interrupted);
    }
  }

  private synchronized CompletableFuture<AccessToken> request() {
    if (current == null || isSpent(current)) {
      current = CompletableFuture.supplyAsync(source::getToken);
    }
    return current;
  }

  private boolean isSpent(CompletableFuture<AccessToken> request) {
    if (!request.isDone()) {
      return false;
    }
    return request.isCompletedExceptionally() || !request.join().isReusableAt(clock.instant());
  }
}
