package com.example.azureml.support;

import com.google.gson.Gson;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The emulator of aml-auth as a process of its own: {@code aml-auth emulator up -o json}. */
public final class EmulatorProcess implements AutoCloseable {
  private static final int START_LIMIT_SECONDS = 60;
  private static final int END_LIMIT_SECONDS = 10;

  private final Process process;
  private final Map<String, String> environment;
  private final Thread hook;

  private EmulatorProcess(Process process) {
    this.process = process;
    this.hook = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      this.environment =
          CompletableFuture.supplyAsync(() -> readEnvironment(process)).get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failed) {
      close();
      throw new IllegalStateException("The emulator did not start. It said: " + errorOutput(), failed);
    }
  }

  /**
   * Starts it with the variables of one of its applications. Where Node.js or the built CLI is missing, the calling
   * tests are skipped, with a line that says so.
   *
   * @param app {@code trainer} or {@code auditor} of the emulator's demo data
   */
  public static EmulatorProcess start(String app) {
    List<String> command = new ArrayList<>(EmulatorCommand.findOrSkip());
    command.addAll(List.of("emulator", "up", "--app", app, "-o", "json"));
    try {
      return new EmulatorProcess(new ProcessBuilder(command).start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The variables for a program that shall use the emulator. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The variables, with one changed. */
  public Map<String, String> environmentWith(String name, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(name, value);
    return changed;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String errorOutput() {
    try {
      return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException gone) {
      return "nothing";
    }
  }

  /** Reads one JSON object and not to the end of the stream, which comes when the emulator ends. */
  private static Map<String, String> readEnvironment(Process process) {
    JsonReader output = new JsonReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Started started = new Gson().fromJson(output, Started.class);
    return Map.copyOf(started.env());
  }

  private record Started(Map<String, String> env) {}
}
