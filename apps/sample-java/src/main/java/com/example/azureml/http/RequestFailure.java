package com.example.azureml.http;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Says in words why a request got no answer. */
final class RequestFailure {
  private RequestFailure() {}

  static UnreachableException of(URI uri, Throwable cause) {
    String host = uri.getAuthority();
    if (cause instanceof HttpConnectTimeoutException) {
      return timedOut(uri, HttpSender.CONNECT_LIMIT, cause);
    }
    if (has(cause, SSLException.class)) {
      return new UnreachableException(
          host + " could not be reached: TLS failed (" + lastMessage(cause) + ").",
          "Where a proxy or an emulator has its own certificate authority, set SSL_CERT_FILE to a PEM file with it.",
          cause);
    }
    if (has(cause, UnresolvedAddressException.class)) {
      return new UnreachableException(
          host + " could not be reached: its name cannot be resolved.",
          "Check the host name, the DNS and the network connection.",
          cause);
    }
    if (has(cause, ConnectException.class)) {
      return new UnreachableException(
          host + " could not be reached: nothing answers at that port.",
          "Check the address, and whether a proxy is needed (-Dhttps.proxyHost).",
          cause);
    }
    return new UnreachableException(
        host + " could not be reached: " + cause.getClass().getSimpleName() + ".",
        "Try again; check the network and the proxy if it goes on.",
        cause);
  }

  static UnreachableException timedOut(URI uri, Duration limit, Throwable cause) {
    return new UnreachableException(
        uri.getAuthority() + " did not answer within " + limit.toMillis() + " ms.",
        "Try again; check the network and the proxy if it goes on.",
        cause);
  }

  static UnreachableException interrupted(URI uri, InterruptedException cause) {
    return new UnreachableException(
        "The request to " + uri.getAuthority() + " was interrupted.", "Start it again.", cause);
  }

  private static boolean has(Throwable error, Class<? extends Throwable> type) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  private static String lastMessage(Throwable error) {
    Throwable last = error;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last.getMessage();
  }
}
