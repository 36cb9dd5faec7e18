package com.example.azureml.http;

import com.example.azureml.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Decides which certificate authorities are trusted. */
public final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /**
   * Trusts the authorities in the PEM file that {@code SSL_CERT_FILE} names, and no others, as OpenSSL does;
   * without that variable, what the JVM trusts ({@code -Djavax.net.ssl.trustStore} included).
   *
   * @throws ConfigurationException where the file cannot be read or has no certificate
   */
  public static SSLContext fromEnvironment(Map<String, String> variables) {
    String file = variables.getOrDefault("SSL_CERT_FILE", "");
    try {
      return file.isBlank() ? SSLContext.getDefault() : fromPem(Path.of(file));
    } catch (NoSuchAlgorithmException | InvalidPathException invalid) {
      throw unusable(file, invalid);
    }
  }

  /**
   * Trusts the authorities in a PEM file, and no others.
   *
   * @throws ConfigurationException where the file cannot be read or has no certificate
   */
  public static SSLContext fromPem(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (certificates.isEmpty()) {
        throw unusable(file.toString(), null);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException unreadable) {
      throw unusable(file.toString(), unreadable);
    }
  }

  private static ConfigurationException unusable(String file, Exception cause) {
    String reason = cause == null ? "it has no certificate" : cause.getClass().getSimpleName();
    return new ConfigurationException(
        "The certificate authorities in SSL_CERT_FILE (" + file + ") cannot be used: " + reason + ".",
        "Set SSL_CERT_FILE to a readable PEM file of certificates, or unset it to trust what the JVM trusts.",
        cause);
  }
}
