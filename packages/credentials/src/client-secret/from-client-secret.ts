import { AmlAuthError, parseGuid, parseTenantId, publicCloud, type Credential } from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { createCredential } from '../lib/create-credential.js';
import { fingerprint } from '../lib/fingerprint.js';
import { acquireByClientCredential } from '../lib/msal/acquire-by-client-credential.js';
import { requireDefaultScope } from '../lib/require-default-scope.js';

/** Options of {@link fromClientSecret}. */
export interface ClientSecretOptions extends CredentialOptions {
  /** Tenant id (GUID) or a domain name of the tenant. */
  readonly tenantId: string;
  /** The application (client) id of the service principal. */
  readonly clientId: string;
  /** The secret's value (not its id). */
  readonly clientSecret: string;
  /** Tenants, beside its own, that `getToken` may ask for; `*` allows all. Default: none. */
  readonly additionallyAllowedTenants?: readonly string[] | undefined;
}

/**
 * Signs in as a service principal with a client secret: the client credentials grant of
 * [RFC 6749 section 4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4) at the v2.0 token
 * endpoint of Microsoft Entra ID. Makes no network call until the first `getToken`.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option; the secret is never in the text
 *
 * @example
 * ```ts
 * import { fromClientSecret } from '@aml-auth/credentials';
 *
 * const credential = fromClientSecret({
 *   tenantId: process.env.AZURE_TENANT_ID!,
 *   clientId: process.env.AZURE_CLIENT_ID!,
 *   clientSecret: process.env.AZURE_CLIENT_SECRET!,
 * });
 * const { token } = await credential.getToken('https://ml.azure.com/.default');
 * ```
 */
export function fromClientSecret(options: ClientSecretOptions): Credential {
  const tenantId = parseTenantId(options.tenantId);
  const clientId = parseGuid(options.clientId, 'clientId');
  const clientSecret = parseClientSecret(options.clientSecret);
  const { authorityHost } = options.cloud ?? publicCloud;

  return createCredential({
    options,
    description: { method: 'clientSecret', tenantId, clientId, authorityHost },
    identity: {
      authorityHost,
      tenantId,
      clientId,
      fingerprint: fingerprint('client-secret', authorityHost, tenantId, clientId, clientSecret),
    },
    additionallyAllowedTenants: options.additionallyAllowedTenants ?? [],
    acquire: (request, tools) => {
      requireDefaultScope(request.scopes);
      return acquireByClientCredential({ authorityHost, clientId, clientSecret }, request, tools);
    },
  });
}

function parseClientSecret(value: unknown): string {
  // eslint-disable-next-line no-control-regex -- a line end that came along from a file is the usual mistake
  if (typeof value === 'string' && value !== '' && !/[\u0000-\u001f\u007f]/.test(value)) return value;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message:
      typeof value === 'string' && value !== ''
        ? 'clientSecret contains a line end or another control character.'
        : 'clientSecret is missing or empty.',
    remedy: 'Give the value of the secret, without quotes or a line end; its id does not sign in.',
  });
}
