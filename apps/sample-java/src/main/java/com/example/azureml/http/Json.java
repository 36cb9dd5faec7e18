package com.example.azureml.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.util.Optional;

/** Reads JSON from services. */
public final class Json {
  private static final Gson GSON = new GsonBuilder().setStrictness(Strictness.STRICT).create();

  private Json() {}

  /** The text as that type; empty for anything else, such as the HTML page of a proxy. Absent fields are null. */
  public static <T> Optional<T> parse(String text, Class<T> type) {
    try {
      return Optional.ofNullable(GSON.fromJson(text, type));
    } catch (JsonParseException notThat) {
      // Its message may quote the text, which may hold a token.
      return Optional.empty();
    }
  }
}
