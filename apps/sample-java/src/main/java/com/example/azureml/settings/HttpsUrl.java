package com.example.azureml.settings;

import com.example.azureml.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** URLs that secrets and tokens may go to: https, and no user name inside. */
public final class HttpsUrl {
  private HttpsUrl() {}

  /**
   * The URL as it is.
   *
   * @param name where it comes from, for the error
   * @throws ConfigurationException for anything but an absolute https URL
   */
  public static URI parse(String name, String text) {
    try {
      URI url = new URI(text.strip());
      if ("https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null && url.getRawUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException notAUrl) {
      // Said below; its message would repeat the text.
    }
    throw new ConfigurationException(
        name + " is not an https URL without a user name.", "Give a URL such as https://management.azure.com.");
  }

  /**
   * Scheme, host and port alone, without a slash at the end.
   *
   * @throws ConfigurationException for anything but an absolute https URL
   */
  public static URI origin(String name, String text) {
    URI url = parse(name, text);
    String port = url.getPort() == -1 || url.getPort() == 443 ? "" : ":" + url.getPort();
    return URI.create("https://" + url.getHost().toLowerCase(Locale.ROOT) + port);
  }
}
