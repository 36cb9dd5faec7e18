/**
 * A program that gets a token from the identity endpoint of `aml-auth exec` (App Service, api-version 2019-08-01) and
 * prints no secret: what stands in the token without its signature.
 */
export const JAVA_PROGRAM = String.raw`import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Run it with: aml-auth exec -- java TokenExample.java [resource]
 *
 * With azure-identity, new DefaultAzureCredentialBuilder().build() does the same.
 */
public final class TokenExample {
  private TokenExample() {}

  /** An access token for a resource such as https://ml.azure.com. */
  static String getToken(String resource) throws Exception {
    String query =
        "?api-version=2019-08-01&resource=" + URLEncoder.encode(resource, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(System.getenv("IDENTITY_ENDPOINT") + query))
            .header("X-IDENTITY-HEADER", System.getenv("IDENTITY_HEADER"))
            .build();
    HttpClient client = HttpClient.newBuilder().proxy(ProxySelector.of(null)).build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    Matcher token = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"").matcher(response.body());
    if (response.statusCode() != 200 || !token.find()) {
      throw new IllegalStateException("no token: " + response.statusCode());
    }
    return token.group(1);
  }

  /** What is said in the token, as JSON. Its signature is for the service to check. */
  static String claimsOf(String token) {
    return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
  }

  public static void main(String[] args) throws Exception {
    if (System.getenv("IDENTITY_ENDPOINT") == null) {
      System.err.println("run it with: aml-auth exec -- java TokenExample.java");
      System.exit(1);
    }
    System.out.println(claimsOf(getToken(args.length > 0 ? args[0] : "https://ml.azure.com")));
  }
}
`;
