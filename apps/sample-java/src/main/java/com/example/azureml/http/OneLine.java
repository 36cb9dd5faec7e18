package com.example.azureml.http;

/** Makes texts of services fit to print. */
public final class OneLine {
  private static final int LONGEST = 1000;

  private OneLine() {}

  /** Without line breaks and other control characters, which could forge lines of a log; shortened. */
  public static String of(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
