import type { Credential } from '@aml-auth/core';
import { applicationCredential, type ApplicationOptions } from '../lib/application-credential.js';
import { proveBySecret } from './prove-by-secret.js';

/** Options of {@link fromClientSecret}. */
export interface ClientSecretOptions extends ApplicationOptions {
  /** The secret's value (not its id). */
  readonly clientSecret: string;
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
  return applicationCredential(options, { method: 'clientSecret', ...proveBySecret(options.clientSecret) });
}
