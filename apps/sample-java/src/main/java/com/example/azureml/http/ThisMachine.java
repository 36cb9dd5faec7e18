package com.example.azureml.http;

import java.net.URI;
import java.util.regex.Pattern;

/** Tells addresses of this machine from those of others. */
public final class ThisMachine {
  /** Loopback and link-local addresses as they are written; other names are not resolved. */
  private static final Pattern HOST =
      Pattern.compile("localhost|\\[::1]|(127\\.\\d{1,3}|169\\.254)\\.\\d{1,3}\\.\\d{1,3}", Pattern.CASE_INSENSITIVE);

  private ThisMachine() {}

  /** Whether it is an http or https URL that does not leave this machine and its host. */
  public static boolean has(URI url) {
    boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    return web && url.getHost() != null && HOST.matcher(url.getHost()).matches();
  }
}
