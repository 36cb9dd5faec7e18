import type { TokenIdentity } from '@aml-auth/core';
import { fingerprint } from '../lib/fingerprint.js';
import type { Environment } from '../lib/settings.js';
import type { IdentitySelector } from './selector.js';

/** The variables that say where the identity comes from. */
export const IDENTITY_VARIABLES: readonly string[] = [
  'IDENTITY_ENDPOINT',
  'IDENTITY_HEADER',
  'IDENTITY_SERVER_THUMBPRINT',
  'IMDS_ENDPOINT',
  'MSI_ENDPOINT',
  'MSI_SECRET',
  'DEFAULT_IDENTITY_CLIENT_ID',
  'AZURE_POD_IDENTITY_AUTHORITY_HOST',
];

/** The identity behind the environment, as a function that answers with another object when it has changed. */
export function identityOfEnvironment(env: Environment, selector: IdentitySelector): () => TokenIdentity {
  const { clientId = '', objectId = '', resourceId = '' } = selector;
  let seen: readonly (string | undefined)[] = [];
  let identity: TokenIdentity | undefined;
  return () => {
    const now = IDENTITY_VARIABLES.map((name) => env[name]);
    if (identity === undefined || now.some((value, index) => value !== seen[index])) {
      seen = now;
      identity = {
        authorityHost: 'managed-identity',
        tenantId: '',
        clientId: clientId || objectId || resourceId || 'system',
        fingerprint: fingerprint(
          'managed-identity',
          clientId,
          objectId,
          resourceId,
          ...now.map((value) => value ?? ''),
        ),
      };
    }
    return identity;
  };
}
