import { AmlAuthError, parseGuid, parseTenantId, type Credential } from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { authorityHostOf } from '../lib/authority-host.js';
import { builtins } from '../lib/builtins.js';
import { createCredential } from '../lib/create-credential.js';
import { fingerprint } from '../lib/fingerprint.js';
import { ANY_TENANT, AZURE_CLI } from '../lib/public-client.js';
import { userSession } from '../lib/user-session.js';
import type { UserSessionStore } from './user-session-store.js';

/** Options of {@link fromUserSession}. There is no `tokenStore`: whose tokens these are is known to the session only. */
export interface UserSessionOptions extends Omit<CredentialOptions, 'tokenStore'> {
  /** Where `fromBrowser` or `fromDeviceCode` has kept the sign-in. */
  readonly session: UserSessionStore;
  /** Tenant id or domain name, as at the sign-in. Default `organizations`. */
  readonly tenantId?: string | undefined;
  /** The public client of the sign-in. Default: that of the Azure CLI. */
  readonly clientId?: string | undefined;
  /** Tenants, beside `tenantId`, that `getToken` may ask for; `*` allows all. Default: none. */
  readonly additionallyAllowedTenants?: readonly string[] | undefined;
}

/**
 * Goes on with the sign-in of a person that another object or process has kept: tokens come by the refresh token
 * (RFC 6749 section 6). Nobody is ever asked; where the session has ended, or there is none, `getToken` rejects with
 * `AML_INTERACTION_REQUIRED`.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 */
export function fromUserSession(options: UserSessionOptions): Credential {
  const { session } = options;
  const tenantId = parseTenantId(options.tenantId ?? 'organizations');
  const clientId = parseGuid(options.clientId ?? AZURE_CLI, 'clientId');
  const authorityHost = authorityHostOf(options.cloud);
  return createCredential({
    options: { ...options, tokenStore: undefined },
    description: {
      method: 'userSession',
      clientId,
      authorityHost,
      ...(ANY_TENANT.has(tenantId) ? {} : { tenantId }),
    },
    identity: {
      authorityHost,
      tenantId,
      clientId,
      fingerprint: fingerprint('userSession', builtins.crypto.randomUUID()),
    },
    additionallyAllowedTenants: options.additionallyAllowedTenants ?? [],
    acquire: userSession({
      authorityHost,
      clientId,
      promptAgain: false,
      kept: session,
      signIn: () => Promise.reject(nobody()),
    }),
  });
}

function nobody(): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_INTERACTION_REQUIRED',
    message: 'No sign-in of a person is kept here.',
    remedy: 'Sign in with fromBrowser or fromDeviceCode, and give both the same session store.',
  });
}
