package com.example.azureml.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.azureml.AzureException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachingTokenSourceTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final AtomicInteger requests = new AtomicInteger();
  private final SettableClock clock = new SettableClock();

  @Test
  void keepsTheTokenUntilShortlyBeforeItExpires() {
    TokenSource source = new CachingTokenSource(this::hourToken, clock);
    AccessToken first = source.getToken();
    clock.now = START.plusSeconds(3299);
    assertSame(first, source.getToken());
    clock.now = START.plusSeconds(3300);
    assertNotSame(first, source.getToken());
    assertEquals(2, requests.get());
  }

  @Test
  void asksAgainAfterAFailure() {
    TokenSource failingOnce =
        () -> {
          AccessToken token = hourToken();
          if (requests.get() == 1) {
            throw new AzureException("refused", "try again");
          }
          return token;
        };
    TokenSource source = new CachingTokenSource(failingOnce, clock);
    assertEquals("refused", assertThrows(AzureException.class, source::getToken).getMessage());
    source.getToken();
    assertEquals(2, requests.get());
  }

  @Test
  void interruptsOneCallerWithoutHurtingTheOthers() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    TokenSource slow =
        () -> {
          asked.countDown();
          await(answer);
          return hourToken();
        };
    TokenSource source = new CachingTokenSource(slow, clock);
    AtomicInteger interrupted = new AtomicInteger();
    Thread caller =
        new Thread(
            () -> {
              assertThrows(AzureException.class, source::getToken);
              interrupted.incrementAndGet();
            });
    caller.start();
    await(asked);
    caller.interrupt();
    caller.join();
    answer.countDown();
    assertTrue(source.getToken().isReusableAt(START));
    assertEquals(1, interrupted.get());
    assertEquals(1, requests.get());
  }

  private AccessToken hourToken() {
    return new AccessToken("token-" + requests.incrementAndGet(), clock.now, clock.now.plusSeconds(3600));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static final class SettableClock extends Clock {
    private volatile Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
