import { knownCloudFromEnvironment, type Cloud, type Credential } from '@aml-auth/core';
import { fromClientCertificate } from '../client-certificate/from-client-certificate.js';
import { fromClientSecret } from '../client-secret/from-client-secret.js';
import type { CredentialOptions } from '../credential-options.js';
import { lazyCredential } from '../lib/lazy-credential.js';
import { fromOidcSource } from '../oidc-source/from-oidc-source.js';
import { variableFindings, type Environment } from '../lib/settings.js';
import { PRINCIPAL_VARIABLES, readPrincipal } from './read-principal.js';

/** Options of {@link fromEnvironment}. */
export interface EnvironmentOptions extends CredentialOptions {
  /** Default: the one that `AZUREML_CURRENT_CLOUD` or `AZURE_AUTHORITY_HOST` names, else the public one. */
  readonly cloud?: Cloud | undefined;
  /**
   * Tenants, beside its own, that `getToken` may ask for; `*` allows all. Default: `AZURE_ADDITIONALLY_ALLOWED_TENANTS`,
   * with semicolons, where the names are those of the Azure SDKs; else none.
   */
  readonly additionallyAllowedTenants?: readonly string[] | undefined;
  /** Default: `process.env`. */
  readonly env?: Environment | undefined;
}

/**
 * Signs in as the service principal that environment variables name. Read in this order:
 *
 * 1. `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` with `AZURE_CLIENT_SECRET`, or `AZURE_CLIENT_CERTIFICATE_PATH` (with
 *    `AZURE_CLIENT_CERTIFICATE_PASSWORD` and `AZURE_CLIENT_SEND_CERTIFICATE_CHAIN`), as the Azure SDKs;
 * 2. `AML_TENANT_ID`, `AML_PRINCIPAL_ID`, `AML_PRINCIPAL_PASS`, as the documentation of Azure Machine Learning;
 * 3. `ARM_TENANT_ID`, `ARM_CLIENT_ID` with `ARM_CLIENT_SECRET`, `ARM_CLIENT_CERTIFICATE_PATH`, or the token of a job
 *    (`ARM_OIDC_TOKEN`, `ARM_OIDC_TOKEN_FILE_PATH`, or `ARM_OIDC_REQUEST_URL` with `ARM_OIDC_REQUEST_TOKEN`), as Terraform.
 *
 * Where none names a secret, certificate or token, `getToken` rejects with `AML_NOT_CONFIGURED`, and a chain goes on.
 * A secret without its ids is `AML_CONFIG_INVALID`, and stops it.
 */
export function fromEnvironment(options: EnvironmentOptions = {}): Credential {
  const { env = process.env, ...rest } = options;
  const make = (): Credential => {
    const { tenantId, clientId, proof, additionallyAllowedTenants } = readPrincipal(env);
    const tenants = rest.additionallyAllowedTenants ?? additionallyAllowedTenants;
    const cloud = rest.cloud ?? knownCloudFromEnvironment(env);
    const application = { ...rest, cloud, tenantId, clientId, additionallyAllowedTenants: tenants };
    if ('clientSecret' in proof) return fromClientSecret({ ...application, ...proof });
    return 'source' in proof
      ? fromOidcSource({ ...application, ...proof, env })
      : fromClientCertificate({ ...application, ...proof });
  };
  return lazyCredential('environment', make, () => variableFindings(env, PRINCIPAL_VARIABLES));
}
