package com.example.azureml.auth;

import com.example.azureml.http.FormBody;
import com.example.azureml.http.HttpReply;
import com.example.azureml.http.HttpSender;
import com.example.azureml.settings.Cloud;
import com.example.azureml.settings.ManagedIdentity;
import com.example.azureml.settings.ManagedIdentity.Protocol;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks this machine for tokens of its managed identity; the program holds no credential. Each call is one request;
 * wrap it in {@link CachingTokenSource}.
 */
public final class ManagedIdentityClient implements TokenSource {
  private final HttpSender http;
  private final Cloud cloud;
  private final ManagedIdentity identity;
  private final Clock clock = Clock.systemUTC();

  /**
   * Tokens of that identity for Azure Resource Manager of that cloud.
   *
   * @param http from {@link HttpSender#toThisMachine()}
   */
  public ManagedIdentityClient(HttpSender http, Cloud cloud, ManagedIdentity identity) {
    this.http = http;
    this.cloud = cloud;
    this.identity = identity;
  }

  /**
   * @throws SignInException where the endpoint gives no token
   * @throws com.example.azureml.http.UnreachableException where no answer comes
   */
  @Override
  public AccessToken getToken() {
    Protocol protocol = identity.protocol();
    Instant askedAt = clock.instant();
    HttpReply reply =
        http.send(
            HttpRequest.newBuilder(URI.create(identity.endpoint() + "?" + FormBody.of(query(protocol))))
                .header(protocol.secretHeader(), identity.secret())
                .header("Accept", "application/json")
                .GET());
    return new ManagedIdentityReply(identity).read(reply, askedAt);
  }

  private Map<String, String> query(Protocol protocol) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("api-version", protocol.apiVersion());
    query.put("resource", cloud.audience());
    if (identity.clientId() != null) {
      query.put(protocol.clientIdParameter(), identity.clientId());
    }
    return query;
  }
}
