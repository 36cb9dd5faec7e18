import type { Credential } from '@aml-auth/core';
import { fromClientCertificate } from '../client-certificate/from-client-certificate.js';
import { fromClientSecret } from '../client-secret/from-client-secret.js';
import type { CredentialOptions } from '../credential-options.js';
import { lazyCredential } from '../lib/lazy-credential.js';
import { variableFindings, type Environment } from '../lib/settings.js';
import { PRINCIPAL_VARIABLES, readPrincipal } from './read-principal.js';

/** Options of {@link fromEnvironment}. */
export interface EnvironmentOptions extends CredentialOptions {
  /** Default: `process.env`. */
  readonly env?: Environment | undefined;
}

/**
 * Signs in as the service principal that environment variables name. Read in this order:
 *
 * 1. `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` with `AZURE_CLIENT_SECRET`, or `AZURE_CLIENT_CERTIFICATE_PATH` (with
 *    `AZURE_CLIENT_CERTIFICATE_PASSWORD` and `AZURE_CLIENT_SEND_CERTIFICATE_CHAIN`), as the Azure SDKs;
 * 2. `AML_TENANT_ID`, `AML_PRINCIPAL_ID`, `AML_PRINCIPAL_PASS`, as the documentation of Azure Machine Learning;
 * 3. `ARM_TENANT_ID`, `ARM_CLIENT_ID` with `ARM_CLIENT_SECRET`, or `ARM_CLIENT_CERTIFICATE_PATH`, as Terraform.
 *
 * Where none names a secret or certificate, `getToken` rejects with `AML_NOT_CONFIGURED`, and a chain goes on.
 * A secret without its ids is `AML_CONFIG_INVALID`, and stops it.
 */
export function fromEnvironment(options: EnvironmentOptions = {}): Credential {
  const { env = process.env, ...rest } = options;
  const make = (): Credential => {
    const { tenantId, clientId, proof } = readPrincipal(env);
    const application = { ...rest, tenantId, clientId };
    return 'clientSecret' in proof
      ? fromClientSecret({ ...application, ...proof })
      : fromClientCertificate({ ...application, ...proof });
  };
  return lazyCredential('environment', make, () => variableFindings(env, PRINCIPAL_VARIABLES));
}
