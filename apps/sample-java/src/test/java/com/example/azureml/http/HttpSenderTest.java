package com.example.azureml.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.azureml.ConfigurationException;
import com.example.azureml.support.LocalHttpsServer;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSenderTest {
  @TempDir private static Path folder;
  private static LocalHttpsServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new LocalHttpsServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void followsNoRedirectWithTheSecret() {
    AtomicBoolean reached = new AtomicBoolean();
    server.answer(
        "/elsewhere",
        exchange -> {
          reached.set(true);
          exchange.close();
        });
    server.answer(
        "/redirect",
        exchange -> {
          exchange.getResponseHeaders().set("Location", server.origin() + "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    HttpRequest.Builder post = to("/redirect").POST(BodyPublishers.ofString("client_secret=x"));
    assertEquals(307, trusting(HttpSender.TOTAL_LIMIT).send(post).status());
    assertFalse(reached.get());
  }

  @Test
  void limitsTheTimeOfTheBodyToo() {
    CountDownLatch end = new CountDownLatch(1);
    server.answer(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await(end);
          exchange.close();
        });
    HttpSender impatient = trusting(Duration.ofMillis(300));
    UnreachableException error =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> assertThrows(UnreachableException.class, () -> impatient.send(to("/slow").GET())));
    end.countDown();
    assertTrue(error.getMessage().endsWith("did not answer within 300 ms."), error.getMessage());
  }

  @Test
  void sendsNothingWithoutTls() {
    HttpRequest.Builder plain = HttpRequest.newBuilder(URI.create("http://localhost:1/")).GET();
    HttpSender sender = trusting(HttpSender.TOTAL_LIMIT);
    assertThrows(IllegalArgumentException.class, () -> sender.send(plain));
  }

  @Test
  void sendsToThisMachineAndNoFurtherWithoutTls() throws IOException {
    HttpServer plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    plain.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    plain.start();
    try {
      URI here = URI.create("http://127.0.0.1:" + plain.getAddress().getPort() + "/");
      HttpSender local = HttpSender.toThisMachine();
      assertEquals(204, local.send(HttpRequest.newBuilder(here).GET()).status());
      HttpRequest.Builder elsewhere = HttpRequest.newBuilder(URI.create("https://management.azure.com/")).GET();
      assertThrows(IllegalArgumentException.class, () -> local.send(elsewhere));
    } finally {
      plain.stop(0);
    }
  }

  @Test
  void saysThatTheCertificateIsNotTrusted() {
    HttpSender stranger = new HttpSender(TrustedAuthorities.fromEnvironment(Map.of()));
    UnreachableException error = assertThrows(UnreachableException.class, () -> stranger.send(to("/").GET()));
    assertTrue(error.getMessage().contains("TLS failed"), error.getMessage());
    assertTrue(error.remedy().contains("SSL_CERT_FILE"), error.remedy());
  }

  @Test
  void saysThatNothingAnswers() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + free + "/")).GET();
    HttpSender sender = trusting(HttpSender.TOTAL_LIMIT);
    UnreachableException error = assertThrows(UnreachableException.class, () -> sender.send(request));
    assertTrue(error.getMessage().contains("nothing answers at that port"), error.getMessage());
  }

  @Test
  void saysThatAnAuthorityFileIsMissingOrEmpty() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    for (Path file : new Path[] {folder.resolve("missing.pem"), empty}) {
      Map<String, String> environment = Map.of("SSL_CERT_FILE", file.toString());
      ConfigurationException error =
          assertThrows(ConfigurationException.class, () -> TrustedAuthorities.fromEnvironment(environment));
      assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    }
  }

  @Test
  void readsBundlesWithCommentsBetweenCertificates() throws IOException {
    String certificate = Files.readString(server.certificate());
    Path bundle = Files.writeString(folder.resolve("bundle.pem"), "# one\n" + certificate + "\n# two\n" + certificate);
    server.answer(
        "/ok",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    HttpSender sender = new HttpSender(TrustedAuthorities.fromEnvironment(Map.of("SSL_CERT_FILE", bundle.toString())));
    assertEquals(204, sender.send(to("/ok").GET()).status());
  }

  private static HttpSender trusting(Duration limit) {
    return new HttpSender(TrustedAuthorities.fromPem(server.certificate()), limit);
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(server.origin().resolve(path));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
