package com.example.azureml.settings;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * An Azure cloud: where to sign in, and where Azure Resource Manager is.
 *
 * @param authority origin of Microsoft Entra ID; gets the client secret
 * @param resourceManager origin of Azure Resource Manager; gets the token
 * @param audience the resource that tokens for Azure Resource Manager are asked for
 */
public record Cloud(URI authority, URI resourceManager, String audience) {
  /** Azure, the public cloud. */
  public static final Cloud PUBLIC = known("https://login.microsoftonline.com", "https://management.azure.com");

  /** Azure Government of the United States. */
  public static final Cloud US_GOVERNMENT =
      known("https://login.microsoftonline.us", "https://management.usgovcloudapi.net");

  /** Azure operated by 21Vianet. */
  public static final Cloud CHINA = known("https://login.chinacloudapi.cn", "https://management.chinacloudapi.cn");

  /** The known cloud that signs in there. */
  static Optional<Cloud> withAuthority(URI authority) {
    return List.of(PUBLIC, US_GOVERNMENT, CHINA).stream()
        .filter(cloud -> cloud.authority.equals(authority))
        .findFirst();
  }

  private static Cloud known(String authority, String resourceManager) {
    return new Cloud(URI.create(authority), URI.create(resourceManager), resourceManager + "/");
  }
}
