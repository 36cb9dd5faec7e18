import { AmlAuthError, parseTenantId, systemClock, type Credential, type TokenRequest } from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { createCredential } from '../lib/create-credential.js';
import type { Environment } from '../lib/settings.js';
import { azFailure, claimsFailure } from './az-failure.js';
import { azFindings } from './az-findings.js';
import { azSession } from './az-session.js';
import { parseAzToken } from './parse-az-token.js';
import { runAz } from './run-az.js';

/** Options of {@link fromAzureCli}. `fetch` has no use here: `az` makes the requests. */
export interface AzureCliOptions extends CredentialOptions {
  /** Tenant of the tokens. Default: that of the subscription which `az` has selected. */
  readonly tenantId?: string | undefined;
  /** Id or name of a subscription whose account signs in. Not together with `tenantId`. */
  readonly subscription?: string | undefined;
  /** Tenants, beside `tenantId`, that `getToken` may ask for; `*` allows all. Default: none. */
  readonly additionallyAllowedTenants?: readonly string[] | undefined;
  /** Longest run of `az`. Default 30,000 milliseconds. */
  readonly timeLimitMs?: number | undefined;
  /** Where `az` is looked for and its folder is named. Default: `process.env`. */
  readonly env?: Environment | undefined;
}

const TIME_LIMIT_MS = 30_000;
const SUBSCRIPTION = /^[\w\-. ]{1,256}$/;

/**
 * Uses the account that is signed in to the Azure CLI. `az` is started once for all callers that wait
 * for the same token, without a shell, by its absolute path; its tokens are kept like all others,
 * bound to the CLI's profile: `az login`, `az logout` and `az account set` make them a miss at once.
 *
 * Where `az` is not installed or nobody is signed in, `getToken` rejects with an error that lets a
 * chain go on.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 */
export function fromAzureCli(options: AzureCliOptions = {}): Credential {
  const { subscription, env = process.env, clock = systemClock } = options;
  const tenantId = options.tenantId === undefined ? undefined : parseTenantId(options.tenantId);
  requireOneAccount(tenantId, subscription);
  const limitMs = options.timeLimitMs ?? TIME_LIMIT_MS;

  async function acquire(request: TokenRequest): ReturnType<typeof runAndParse> {
    if (request.claims !== '') throw claimsFailure(request);
    return runAndParse(request);
  }

  async function runAndParse(request: TokenRequest): Promise<ReturnType<typeof parseAzToken>> {
    const args = argumentsFor(request, subscription);
    const outcome = await runAz({ args, env, clock, limitMs, signal: request.signal });
    if (outcome.exitCode !== 0) throw azFailure(outcome);
    return parseAzToken(outcome.stdout, clock.now());
  }

  return createCredential({
    options,
    description: { method: 'azureCli', ...(tenantId === undefined ? {} : { tenantId }) },
    identity: azSession({ env, tenantId: tenantId ?? '', subscription: subscription ?? '' }),
    additionallyAllowedTenants: options.additionallyAllowedTenants ?? [],
    acquire,
    findings: () => azFindings(env),
    // A start takes half a second, also of an az that says no. Signing in changes the session, and forgets it.
    remembers: ({ code }) => code === 'AML_NOT_CONFIGURED' || code === 'AML_UNAVAILABLE',
  });
}

function argumentsFor({ scopes, tenantId }: TokenRequest, subscription: string | undefined): string[] {
  return [
    'account',
    'get-access-token',
    '--output',
    'json',
    '--scope',
    ...scopes,
    ...(tenantId === '' ? [] : ['--tenant', tenantId]),
    ...(subscription === undefined ? [] : ['--subscription', subscription]),
  ];
}

function requireOneAccount(tenantId: string | undefined, subscription: string | undefined): void {
  if (subscription === undefined) return;
  if (tenantId !== undefined) {
    throw invalid(
      'tenantId and subscription cannot be given together.',
      'Give one of them: each selects an account.',
    );
  }
  // The subscription becomes an argument of a program: nothing that could be read as an option or a command.
  if (!SUBSCRIPTION.test(subscription) || subscription.startsWith('-')) {
    throw invalid(
      'subscription is neither an id nor a plain name.',
      'Give the id of the subscription: "az account list" shows it.',
    );
  }
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
