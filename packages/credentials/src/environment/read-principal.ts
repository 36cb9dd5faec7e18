import { AmlAuthError } from '@aml-auth/core';
import type { Environment } from '../lib/settings.js';
import type { OidcSource } from '../oidc-source/oidc-source.js';
import { TERRAFORM_OIDC_VARIABLES, terraformOidcSource } from './terraform-oidc.js';

/** A service principal as the environment names it. */
export interface EnvironmentPrincipal {
  readonly tenantId: string;
  readonly clientId: string;
  readonly proof: EnvironmentProof;
  /** Tenants, beside its own, that `getToken` may ask for. */
  readonly additionallyAllowedTenants?: readonly string[];
}

/** How it proves itself. */
export type EnvironmentProof =
  | { readonly clientSecret: string }
  | {
      readonly certificatePath: string;
      readonly certificatePassword?: string;
      readonly sendCertificateChain: boolean;
    }
  | { readonly source: OidcSource };

/** The names that one family of tools uses for the same things. */
interface Family {
  readonly tenantId: string;
  readonly clientId: string;
  readonly secret: string;
  readonly certificate?: string;
  readonly password?: string;
  readonly chain?: string;
  readonly tenants?: string;
  /** A token of an identity provider. */
  readonly oidc?: (env: Environment) => OidcSource | undefined;
  readonly oidcVariables?: readonly string[];
}

const FAMILIES: readonly Family[] = [
  {
    tenantId: 'AZURE_TENANT_ID',
    clientId: 'AZURE_CLIENT_ID',
    secret: 'AZURE_CLIENT_SECRET',
    certificate: 'AZURE_CLIENT_CERTIFICATE_PATH',
    password: 'AZURE_CLIENT_CERTIFICATE_PASSWORD',
    chain: 'AZURE_CLIENT_SEND_CERTIFICATE_CHAIN',
    tenants: 'AZURE_ADDITIONALLY_ALLOWED_TENANTS',
  },
  { tenantId: 'AML_TENANT_ID', clientId: 'AML_PRINCIPAL_ID', secret: 'AML_PRINCIPAL_PASS' },
  {
    tenantId: 'ARM_TENANT_ID',
    clientId: 'ARM_CLIENT_ID',
    secret: 'ARM_CLIENT_SECRET',
    certificate: 'ARM_CLIENT_CERTIFICATE_PATH',
    password: 'ARM_CLIENT_CERTIFICATE_PASSWORD',
    oidc: terraformOidcSource,
    oidcVariables: TERRAFORM_OIDC_VARIABLES,
  },
];

/** Every variable that is read, in order. */
export const PRINCIPAL_VARIABLES: readonly string[] = FAMILIES.flatMap(
  ({ tenantId, clientId, secret, certificate, oidcVariables = [] }) => [
    ...[tenantId, clientId, secret],
    ...(certificate === undefined ? [] : [certificate]),
    ...oidcVariables,
  ],
);

/**
 * The service principal of the first family whose secret, certificate or OIDC token is set. Ids alone name nobody:
 * `AZURE_CLIENT_ID` also chooses a managed identity, and `AZURE_TENANT_ID` a tenant for people.
 *
 * @throws {AmlAuthError} `AML_NOT_CONFIGURED` where no proof is set, `AML_CONFIG_INVALID` for one without its ids
 */
export function readPrincipal(env: Environment): EnvironmentPrincipal {
  for (const family of FAMILIES) {
    const proof = proofOf(env, family);
    if (proof === undefined) continue;
    const [tenantId, clientId] = [env[family.tenantId], env[family.clientId]];
    const additionallyAllowedTenants = tenantsIn(env[family.tenants ?? '']);
    if (tenantId && clientId)
      return {
        ...{ tenantId, clientId, proof },
        ...(additionallyAllowedTenants.length === 0 ? {} : { additionallyAllowedTenants }),
      };
    const missing = [family.tenantId, family.clientId].filter((name) => !env[name]);
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The environment has ${'source' in proof ? 'an OIDC token' : 'a secret or certificate'}, and ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not set.`,
      remedy: `Set ${missing.join(' and ')} too, or remove ${'source' in proof ? 'the variables of the token' : 'the secret'}.`,
    });
  }
  throw new AmlAuthError({
    code: 'AML_NOT_CONFIGURED',
    message: 'No environment variable names a client secret, a certificate or an OIDC token.',
    remedy: 'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.',
  });
}

function proofOf(env: Environment, names: Family): EnvironmentProof | undefined {
  const value = (name: string | undefined): string | undefined => {
    const found = name === undefined ? undefined : env[name];
    return found === '' ? undefined : found;
  };
  const clientSecret = value(names.secret);
  if (clientSecret !== undefined) return { clientSecret };
  const certificatePath = value(names.certificate);
  if (certificatePath === undefined) {
    const source = names.oidc?.(env);
    return source === undefined ? undefined : { source };
  }
  const certificatePassword = value(names.password);
  return {
    certificatePath,
    sendCertificateChain: /^(?:1|true)$/i.test(value(names.chain) ?? ''),
    ...(certificatePassword === undefined ? {} : { certificatePassword }),
  };
}

/** A list with semicolons, as the Azure SDKs read it. */
function tenantsIn(list = ''): string[] {
  return list
    .split(';')
    .map((tenant) => tenant.trim())
    .filter((tenant) => tenant !== '');
}
