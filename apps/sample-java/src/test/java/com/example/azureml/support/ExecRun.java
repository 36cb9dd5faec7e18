package com.example.azureml.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program as {@code aml-auth exec} runs it, with the emulator as its cloud. */
public record ExecRun(int exitCode, String out) {
  /**
   * Runs it, with the classes and libraries of this test run.
   *
   * @param style the managed identity that is stood in for: {@code appservice} or {@code azureml}
   * @param main the class to run
   */
  public static ExecRun of(String style, Class<?> main) throws IOException, InterruptedException {
    List<String> amlAuth = EmulatorCommand.findOrSkip();
    List<String> command = new ArrayList<>(amlAuth);
    command.addAll(List.of("emulator", "run", "--"));
    command.addAll(amlAuth);
    command.addAll(List.of("exec", "--style", style, "--"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    // There the emulator and the JVM say that they run.
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new ExecRun(process.waitFor(), out);
  }
}
