import { AmlAuthError, parseGuid, parseTenantId, systemClock, type Credential } from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { authorityHostOf } from '../lib/authority-host.js';
import { builtins } from '../lib/builtins.js';
import { createCredential } from '../lib/create-credential.js';
import { fingerprint } from '../lib/fingerprint.js';
import { ANY_TENANT, AZURE_CLI } from '../lib/public-client.js';
import { userSession } from '../lib/user-session.js';
import type { UserSessionStore } from '../user-session/user-session-store.js';
import type { DeviceCodePrompt } from './parse-device-code.js';
import { signInByDeviceCode } from './sign-in-by-device-code.js';

/** Options of {@link fromDeviceCode}. There is no `tokenStore`: the tokens belong to this object's session. */
export interface DeviceCodeOptions extends Omit<CredentialOptions, 'tokenStore'> {
  /**
   * Shows the code to the person. It may return a promise that stays open; when it throws or rejects,
   * the sign-in ends with that error.
   */
  readonly onPrompt: (prompt: DeviceCodePrompt) => unknown;
  /** Tenant id or domain name. Default `organizations`: the account's own, or any that `getToken` names. */
  readonly tenantId?: string | undefined;
  /** A public client. Default: that of the Azure CLI, `04b07795-8ddb-461a-bbee-02f9e1bf7b46`. */
  readonly clientId?: string | undefined;
  /** Tenants, beside `tenantId`, that `getToken` may ask for; `*` allows all. Default: none. */
  readonly additionallyAllowedTenants?: readonly string[] | undefined;
  /**
   * Whether the person is asked again once the session has ended or a policy wants it. Default `true`;
   * with `false`, `getToken` then rejects with `AML_INTERACTION_REQUIRED`.
   */
  readonly promptAgain?: boolean | undefined;
  /**
   * Where the sign-in is kept for other objects and processes, and found again. Default: nowhere, and the refresh
   * token stays in the memory of this object.
   */
  readonly session?: UserSessionStore | undefined;
  /** Longest time for one sign-in, in milliseconds. Default: as long as the code lasts. */
  readonly timeLimitMs?: number | undefined;
}

/**
 * Signs a person in who enters a code on another device: the device authorization grant of
 * [RFC 8628](https://www.rfc-editor.org/rfc/rfc8628). The person is asked once; later tokens, also of other
 * resources and tenants, come by the refresh token, which stays in the memory of this object.
 *
 * Waiting ends when the code does, at `timeLimitMs`, or when every caller has cancelled.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 *
 * @example
 * ```ts
 * import { fromDeviceCode } from '@aml-auth/credentials';
 *
 * const credential = fromDeviceCode({ onPrompt: ({ message }) => console.error(message) });
 * const { token } = await credential.getToken('https://ml.azure.com/.default');
 * ```
 */
export function fromDeviceCode(options: DeviceCodeOptions): Credential {
  const { onPrompt, clock = systemClock, promptAgain = true, timeLimitMs } = options;
  const tenantId = parseTenantId(options.tenantId ?? 'organizations');
  const clientId = parseGuid(options.clientId ?? AZURE_CLI, 'clientId');
  const authorityHost = authorityHostOf(options.cloud);
  requireOnPrompt(onPrompt);
  return createCredential({
    // The time limit is for the person; requests without one have the usual limit.
    options: { ...options, timeLimitMs: undefined, tokenStore: undefined },
    description: {
      method: 'deviceCode',
      clientId,
      authorityHost,
      ...(ANY_TENANT.has(tenantId) ? {} : { tenantId }),
    },
    // Who signs in is not known yet: no two objects share a token.
    identity: {
      authorityHost,
      tenantId,
      clientId,
      fingerprint: fingerprint('deviceCode', builtins.crypto.randomUUID()),
    },
    additionallyAllowedTenants: options.additionallyAllowedTenants ?? [],
    acquire: userSession({
      authorityHost,
      clientId,
      promptAgain,
      kept: options.session,
      signIn: (request, signal) => {
        const subject = { authorityHost, clientId, tenantId: request.tenantId };
        return signInByDeviceCode(
          { subject, clock, fetch: options.fetch, onPrompt, timeLimitMs },
          request,
          signal,
        );
      },
    }),
  });
}

/** Callers without types may leave it out, and would wait for a code that nobody sees. */
function requireOnPrompt(onPrompt: unknown): void {
  if (typeof onPrompt === 'function') return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'onPrompt is not a function.',
    remedy: 'Give a function that shows the message of the prompt to a person.',
  });
}
