import type { Cloud, Credential } from '@aml-auth/core';
import { fromClientSecret } from '../client-secret/from-client-secret.js';
import type { CredentialOptions } from '../credential-options.js';
import { cloudOf } from './cloud-of.js';

/** Options of {@link servicePrincipalAuthentication}, named as in azureml-core. */
export interface ServicePrincipalOptions extends Omit<CredentialOptions, 'cloud'> {
  /** `tenant_id`. */
  readonly tenantId: string;
  /** `service_principal_id`: the application (client) id. */
  readonly servicePrincipalId: string;
  /** `service_principal_password`: a client secret. */
  readonly servicePrincipalPassword: string;
  /** `cloud`: a name, or a cloud. Default: the public one. */
  readonly cloud?: Cloud | string | undefined;
}

/**
 * What `ServicePrincipalAuthentication` of azureml-core does: {@link fromClientSecret} with its option names.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option; the secret is never in the text
 */
export function servicePrincipalAuthentication(options: ServicePrincipalOptions): Credential {
  const { servicePrincipalId: clientId, servicePrincipalPassword: clientSecret, cloud, ...rest } = options;
  return fromClientSecret({ ...rest, clientId, clientSecret, cloud: cloudOf(cloud) });
}
