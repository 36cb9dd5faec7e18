import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A token by plain HTTP, as the documentation of the platform describes it. Only the class library. */
public final class PlainHttp {
  private PlainHttp() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> env = System.getenv();
    boolean appService = env.containsKey("IDENTITY_ENDPOINT");
    String url = env.get(appService ? "IDENTITY_ENDPOINT" : "MSI_ENDPOINT");
    String version = appService ? "2019-08-01" : "2017-09-01";
    String resource = URLEncoder.encode(args[0], StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "?api-version=" + version + "&resource=" + resource))
            .header(
                appService ? "X-IDENTITY-HEADER" : "secret",
                env.get(appService ? "IDENTITY_HEADER" : "MSI_SECRET"))
            .build();
    String body =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    Matcher token = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(body);
    System.out.println(token.find() ? token.group(1) : body);
  }
}
