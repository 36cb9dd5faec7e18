package com.example.azureml.auth;

/** Gives access tokens for one resource. */
@FunctionalInterface
public interface TokenSource {
  /**
   * A token that is valid now.
   *
   * @throws com.example.azureml.AzureException where there is none
   */
  AccessToken getToken();
}
