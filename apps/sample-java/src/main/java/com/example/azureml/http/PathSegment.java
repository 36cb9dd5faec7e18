package com.example.azureml.http;

import com.example.azureml.ConfigurationException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Segments of a URL's path. */
public final class PathSegment {
  private PathSegment() {}

  /**
   * The text as one segment (RFC 3986, section 3.3), so that no name can lead to another path.
   *
   * @throws ConfigurationException for the segments that mean "here" and "one up"
   */
  public static String encode(String text) {
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new ConfigurationException(
          "\"" + text + "\" cannot be the name of anything in Azure.", "Check the names in the settings.");
    }
    // URLEncoder is for forms; a path has %20 for a space.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
