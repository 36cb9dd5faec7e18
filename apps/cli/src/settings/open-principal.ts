import type { Credential } from '@aml-auth/core';
import {
  fromClientSecret,
  fromEnvironment,
  fromWorkloadIdentity,
  type ClientSecretOptions,
  type EnvironmentOptions,
} from '@aml-auth/credentials';

/** A service principal with its secret. */
export function bySecretOf(options: ClientSecretOptions): Credential {
  return fromClientSecret(options);
}

/** The service principal that the variables of the Azure SDKs name, by certificate or by federated token. */
export function byVariablesOf(options: EnvironmentOptions): Credential {
  return options.env?.['AZURE_CLIENT_CERTIFICATE_PATH']
    ? fromEnvironment(options)
    : fromWorkloadIdentity(options);
}
