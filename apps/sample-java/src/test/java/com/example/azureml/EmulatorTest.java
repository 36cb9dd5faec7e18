package com.example.azureml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.azureml.auth.AccessToken;
import com.example.azureml.auth.CachingTokenSource;
import com.example.azureml.auth.SignInException;
import com.example.azureml.auth.TokenClient;
import com.example.azureml.auth.TokenSource;
import com.example.azureml.http.HttpSender;
import com.example.azureml.http.TrustedAuthorities;
import com.example.azureml.settings.CloudResolver;
import com.example.azureml.settings.ServicePrincipal;
import com.example.azureml.settings.WorkspaceId;
import com.example.azureml.support.EmulatorProcess;
import com.example.azureml.support.ExecRun;
import com.example.azureml.workspace.ResourceManagerException;
import com.example.azureml.workspace.ResourceManagerException.Kind;
import com.example.azureml.workspace.Workspace;
import com.example.azureml.workspace.WorkspaceClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole program against the emulator of aml-auth, over https. */
class EmulatorTest {
  /** The application with a role at the workspace ws1 only. */
  private static EmulatorProcess trainer;

  @BeforeAll
  static void start() {
    trainer = EmulatorProcess.start("trainer");
  }

  @AfterAll
  static void stop() {
    if (trainer != null) {
      trainer.close();
    }
  }

  @Test
  void signsIn() {
    AccessToken token = tokenClient(trainer.environment()).getToken();
    assertEquals(3, token.value().split("\\.").length);
    assertTrue(token.isReusableAt(Instant.now()));
  }

  @Test
  void readsTheWorkspace() {
    Workspace workspace = readWorkspace(trainer.environment());
    assertEquals("ws1", workspace.name());
    assertEquals("westeurope", workspace.location());
    assertEquals("Succeeded", workspace.properties().provisioningState());
  }

  @Test
  void signsInOnceForParallelAndLaterCallers() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    TokenClient client = tokenClient(trainer.environment());
    TokenSource source =
        new CachingTokenSource(
            () -> {
              requests.incrementAndGet();
              return client.getToken();
            });
    Callable<AccessToken> call = source::getToken;
    ExecutorService threads = Executors.newFixedThreadPool(16);
    Set<String> values;
    try {
      values =
          threads.invokeAll(Collections.nCopies(16, call)).stream()
              .map(EmulatorTest::value)
              .collect(Collectors.toSet());
    } finally {
      threads.shutdown();
    }
    assertEquals(1, values.size());
    assertSame(source.getToken(), source.getToken());
    assertEquals(1, requests.get());
  }

  @Test
  void saysThatTheSecretIsWrong() {
    TokenClient client = tokenClient(trainer.environmentWith("AZURE_CLIENT_SECRET", "not+the&secret="));
    SignInException error = assertThrows(SignInException.class, client::getToken);
    assertEquals(OptionalInt.of(7000215), error.aadsts());
    assertEquals(401, error.status());
    assertTrue(error.correlationId().isPresent());
  }

  @Test
  void saysThatTheTenantIsUnknown() {
    TokenClient client = tokenClient(trainer.environmentWith("AZURE_TENANT_ID", "nobody.example"));
    SignInException error = assertThrows(SignInException.class, client::getToken);
    assertEquals(OptionalInt.of(90002), error.aadsts());
  }

  @Test
  void saysThatARoleIsMissing() {
    Map<String, String> otherGroup = trainer.environmentWith("AZUREML_ARM_RESOURCEGROUP", "rg-ml2");
    ResourceManagerException error = assertThrows(ResourceManagerException.class, () -> readWorkspace(otherGroup));
    assertEquals(Kind.FORBIDDEN, error.kind());
    assertEquals(Optional.of("AuthorizationFailed"), error.code());
  }

  @Test
  void saysThatTheWorkspaceIsUnknown() {
    // The auditor may read the whole subscription, and so is told what is not in it.
    try (EmulatorProcess auditor = EmulatorProcess.start("auditor")) {
      Map<String, String> unknown = auditor.environmentWith("AZUREML_ARM_WORKSPACE_NAME", "nothing-here");
      ResourceManagerException error = assertThrows(ResourceManagerException.class, () -> readWorkspace(unknown));
      assertEquals(Kind.NOT_FOUND, error.kind());
      assertEquals(Optional.of("ResourceNotFound"), error.code());
    }
  }

  @Test
  void saysThatTheTokenIsNotAccepted() {
    HttpSender http = http(trainer.environment());
    TokenSource forged = () -> new AccessToken("not.a.token", Instant.now(), Instant.now().plusSeconds(60));
    WorkspaceClient client = new WorkspaceClient(http, CloudResolver.resolve(trainer.environment(), http), forged);
    WorkspaceId id = WorkspaceId.fromEnvironment(trainer.environment());
    assertEquals(
        Kind.UNAUTHENTICATED, assertThrows(ResourceManagerException.class, () -> client.get(id)).kind());
  }

  @Test
  void printsTheWorkspaceAndEndsWithZero() {
    Outcome outcome = run(trainer.environment());
    assertTrue(outcome.out().startsWith("workspace  ws1"), outcome.out());
    assertEquals("", outcome.err());
    assertEquals(0, outcome.exitCode());
  }

  @Test
  void printsTheErrorAndTheNextStepAndEndsWithOne() {
    String secret = "wrong-secret-of-nobody";
    Outcome outcome = run(trainer.environmentWith("AZURE_CLIENT_SECRET", secret));
    List<String> starts = outcome.err().lines().map(line -> line.substring(0, line.indexOf(':'))).toList();
    assertEquals(List.of("Error", "Next", "Correlation id"), starts);
    assertTrue(!outcome.err().contains(secret), outcome.err());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.exitCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"appservice", "azureml"})
  void printsTheSameWithTokensThatExecHandsOut(String style) throws Exception {
    assertEquals(new ExecRun(0, run(trainer.environment()).out()), ExecRun.of(style, Main.class));
  }

  private static Workspace readWorkspace(Map<String, String> environment) {
    HttpSender http = http(environment);
    return new WorkspaceClient(http, CloudResolver.resolve(environment, http), tokenClient(environment))
        .get(WorkspaceId.fromEnvironment(environment));
  }

  private static TokenClient tokenClient(Map<String, String> environment) {
    HttpSender http = http(environment);
    return new TokenClient(
        http, CloudResolver.resolve(environment, http), ServicePrincipal.fromEnvironment(environment));
  }

  private static HttpSender http(Map<String, String> environment) {
    return new HttpSender(TrustedAuthorities.fromEnvironment(environment));
  }

  private static String value(Future<AccessToken> token) {
    try {
      return token.get().value();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Outcome run(Map<String, String> environment) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private record Outcome(int exitCode, String out, String err) {}
}
