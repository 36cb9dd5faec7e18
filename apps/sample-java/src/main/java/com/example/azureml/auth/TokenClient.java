package com.example.azureml.auth;

import com.example.azureml.http.FormBody;
import com.example.azureml.http.HttpReply;
import com.example.azureml.http.HttpSender;
import com.example.azureml.http.PathSegment;
import com.example.azureml.settings.Cloud;
import com.example.azureml.settings.ServicePrincipal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Signs in as a service principal with a client secret: {@code POST {authority}/{tenant}/oauth2/token} with
 * {@code grant_type=client_credentials} (RFC 6749, section 4.4), as the documentation of Azure Machine Learning
 * shows it. Each call is one request; wrap it in {@link CachingTokenSource}.
 *
 * <p>https://learn.microsoft.com/azure/machine-learning/how-to-manage-rest
 */
public final class TokenClient implements TokenSource {
  private final HttpSender http;
  private final Cloud cloud;
  private final ServicePrincipal principal;
  private final Clock clock;

  /** Tokens of that principal for Azure Resource Manager of that cloud. */
  public TokenClient(HttpSender http, Cloud cloud, ServicePrincipal principal) {
    this.http = http;
    this.cloud = cloud;
    this.principal = principal;
    this.clock = Clock.systemUTC();
  }

  /**
   * @throws SignInException where Microsoft Entra ID gives no token
   * @throws com.example.azureml.http.UnreachableException where no answer comes
   */
  @Override
  public AccessToken getToken() {
    Instant askedAt = clock.instant();
    HttpReply reply =
        http.send(
            HttpRequest.newBuilder(endpoint())
                .header("Content-Type", FormBody.CONTENT_TYPE)
                .header("Accept", "application/json")
                .header("client-request-id", UUID.randomUUID().toString())
                .header("return-client-request-id", "true")
                .POST(BodyPublishers.ofString(FormBody.of(form()))));
    return new TokenReply(principal, cloud).read(reply, askedAt);
  }

  private URI endpoint() {
    return URI.create(cloud.authority() + "/" + PathSegment.encode(principal.tenantId()) + "/oauth2/token");
  }

  private Map<String, String> form() {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("resource", cloud.audience());
    form.put("client_id", principal.clientId());
    form.put("client_secret", principal.clientSecret());
    return form;
  }
}
