import type { AccessToken } from '../access-token.js';
import { systemClock, type Clock } from '../clock.js';
import type { Credential, GetTokenOptions } from '../credential.js';
import { toAmlAuthError, type AmlAuthError } from '../errors.js';
import { identityOfToken } from '../identity/identity-of-token.js';
import type { LinkError, LinkOutcome, LinkRecord } from './decision-record.js';

/** The record of one credential: its own where it makes one, or that of one `getToken`. Never rejects. */
export async function recordOf(
  credential: Credential,
  scopes: string | readonly string[],
  options: GetTokenOptions,
  clock: Clock = systemClock,
): Promise<LinkRecord> {
  if (credential.explain !== undefined) return credential.explain(scopes, options);
  const started = clock.monotonic();
  const ms = (): number => Math.round(clock.monotonic() - started);
  try {
    const token = await credential.getToken(scopes, options);
    return { ...frame(credential, 'token', ms()), ...tokenPart(token) };
  } catch (thrown) {
    const error = toAmlAuthError(thrown);
    return { ...frame(credential, outcomeOf(error), ms()), error: errorPart(error) };
  }
}

/** The record of a credential that was not asked. */
export function notTried(credential: Credential): LinkRecord {
  return frame(credential, 'notTried', 0);
}

/** What every record of a credential has. */
export function frame(credential: Credential, outcome: LinkOutcome, ms: number): LinkRecord {
  const { method, tenantId, clientId } = credential.describe();
  return {
    method,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(clientId === undefined ? {} : { clientId }),
    outcome,
    ms,
    seen: credential.findings?.() ?? [],
  };
}

/** The error as a record has it. */
export function errorPart(error: AmlAuthError): LinkError {
  const { code, message, remedy, retryable, aadsts, suberror, policyIds, correlation } = error;
  return {
    code,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    retryable,
    ...(aadsts === undefined ? {} : { aadsts }),
    ...(suberror === undefined ? {} : { suberror }),
    ...(policyIds === undefined ? {} : { policyIds }),
    ...(Object.keys(correlation).length === 0 ? {} : { correlation }),
  };
}

function tokenPart({ token, expiresOnTimestamp }: AccessToken): Pick<LinkRecord, 'identity' | 'expiresOn'> {
  const identity = identityOfToken(token);
  return {
    ...(identity === undefined ? {} : { identity }),
    expiresOn: new Date(expiresOnTimestamp).toISOString(),
  };
}

function outcomeOf({ disposition, retryable, code }: AmlAuthError): LinkOutcome {
  if (disposition === 'skip') return 'skipped';
  return retryable || code === 'AML_CANCELLED' ? 'failed' : 'refused';
}
