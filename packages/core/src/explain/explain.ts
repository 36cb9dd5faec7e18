import type { Credential, GetTokenOptions } from '../credential.js';
import { systemClock, type Clock } from '../clock.js';
import { parseScopes } from '../identifiers.js';
import type { Explanation } from './decision-record.js';
import { recordOf } from './record-of.js';

/** Options of {@link explain}. */
export interface ExplainOptions extends GetTokenOptions {
  /** Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
}

/**
 * Asks the credential for a token and tells what happened: for each link of a chain what it saw, why it
 * was skipped or refused, how long it took, and what to do about it. A token in memory is used, as every
 * call uses it. Holds no token and no secret; ids of the tenant, the application and the account are in it.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for scopes that are none; every other failure is in the record
 */
export async function explain(
  credential: Credential,
  scopes: string | readonly string[],
  options: ExplainOptions = {},
): Promise<Explanation> {
  const { clock = systemClock, ...asked } = options;
  const parsed = parseScopes(scopes);
  const at = new Date(clock.now()).toISOString();
  return { version: 1, scopes: parsed, at, record: await recordOf(credential, scopes, asked, clock) };
}
