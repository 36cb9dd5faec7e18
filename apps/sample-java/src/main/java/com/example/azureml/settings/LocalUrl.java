package com.example.azureml.settings;

import com.example.azureml.ConfigurationException;
import com.example.azureml.http.ThisMachine;
import java.net.URI;
import java.net.URISyntaxException;

/** URLs of services of this machine, which need no TLS. */
final class LocalUrl {
  private LocalUrl() {}

  /**
   * The URL as it is.
   *
   * @param name where it comes from, for the error
   * @throws ConfigurationException for a URL of another machine, or one with a user name, a query or a fragment
   */
  static URI parse(String name, String text) {
    try {
      URI url = new URI(text.strip());
      boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
      if (plain && ThisMachine.has(url)) {
        return url;
      }
    } catch (URISyntaxException notAUrl) {
      // Said below; its message would repeat the text.
    }
    throw new ConfigurationException(
        name + " is not a URL of this machine.",
        "Start the program by \"aml-auth exec\", or where Azure sets " + name + "; else unset it.");
  }
}
