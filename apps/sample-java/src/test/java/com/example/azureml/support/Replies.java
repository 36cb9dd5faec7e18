package com.example.azureml.support;

import com.example.azureml.http.HttpReply;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/** Answers as values, for the parsers. */
public final class Replies {
  private static final URI ANY = URI.create("https://management.azure.com/");

  private Replies() {}

  /** An answer without headers. */
  public static HttpReply reply(int status, String body) {
    return new HttpReply(ANY, status, HttpHeaders.of(Map.of(), (name, value) -> true), body);
  }

  /** An answer with one header. */
  public static HttpReply reply(int status, String body, String header, String value) {
    return new HttpReply(ANY, status, HttpHeaders.of(Map.of(header, List.of(value)), (n, v) -> true), body);
  }
}
