package com.example.azureml.support;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the emulator. Environment variables say where things are; the defaults fit this repository:
 *
 * <ul>
 *   <li>{@code AML_AUTH_CLI}: the CLI's {@code main.js}
 *   <li>{@code AML_AUTH_NODE}: the Node.js to run it with: 22.19, 24.5 or later
 *   <li>{@code AML_AUTH_EMULATOR_REQUIRED=true}: fail instead of skipping
 * </ul>
 */
final class EmulatorCommand {
  private static final Path BUILT_CLI = Path.of("../cli/dist/main.js");
  private static final Path REPOSITORY_PROGRAMS = Path.of("../../node_modules/.bin");
  private static final Pattern USABLE_NODE =
      Pattern.compile("v(22\\.(19|[2-9]\\d)|24\\.([5-9]|\\d\\d)|(2[5-9]|[3-9]\\d)\\.\\d+)\\..*");

  private EmulatorCommand() {}

  /** The program and its first argument. */
  static List<String> findOrSkip() {
    Path cli = Optional.ofNullable(System.getenv("AML_AUTH_CLI")).map(Path::of).orElse(BUILT_CLI).toAbsolutePath();
    if (!Files.isRegularFile(cli)) {
      throw skip("the CLI is not built: there is no " + cli.normalize());
    }
    return nodeCandidates()
        .filter(EmulatorCommand::isUsable)
        .findFirst()
        .map(node -> List.of(node, cli.normalize().toString()))
        .orElseThrow(() -> skip("there is no Node.js 22.19, 24.5 or later"));
  }

  private static Stream<String> nodeCandidates() {
    String given = System.getenv("AML_AUTH_NODE");
    if (given != null) {
      return Stream.of(given);
    }
    String program = File.separatorChar == '\\' ? "node.exe" : "node";
    return Stream.of(REPOSITORY_PROGRAMS.resolve(program).toString(), program);
  }

  private static boolean isUsable(String node) {
    try {
      Process process = new ProcessBuilder(node, "--version").start();
      String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(10, TimeUnit.SECONDS) && USABLE_NODE.matcher(version).matches();
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Never returns: the assumption ends the test. */
  private static RuntimeException skip(String reason) {
    if (Boolean.parseBoolean(System.getenv("AML_AUTH_EMULATOR_REQUIRED"))) {
      return new IllegalStateException("The emulator is required, but " + reason + ".");
    }
    System.err.println("SKIPPED: tests against the emulator, because " + reason);
    return Assumptions.abort(reason);
  }
}
