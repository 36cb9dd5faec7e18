package com.example.azureml.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Bodies of {@code application/x-www-form-urlencoded}. */
public final class FormBody {
  /** The value of {@code Content-Type}. */
  public static final String CONTENT_TYPE = "application/x-www-form-urlencoded";

  private FormBody() {}

  /** The fields in the map's order. Secrets may hold {@code +}, {@code &}, {@code =} and {@code %}: all is encoded. */
  public static String of(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
