import { matchesText } from '../core/matches-text.js';
import type { StepUp } from '../core/policy-rows.js';
import type { Call } from '../http/call.js';
import type { Caller } from './verify-bearer.js';

/**
 * The authentication context that a service wants and the caller's token does not have; undefined where the
 * caller may go on. Applications are exempt, as in Azure.
 *
 * @param operation - such as `Microsoft.Resources/subscriptions/resourceGroups/write`, or `policy.write` in
 *   Microsoft Graph
 */
export function missingContext(
  call: Call,
  service: StepUp['service'],
  caller: Caller,
  operation: string,
): string | undefined {
  if (caller.kind !== 'User') return undefined;
  const wanted = call.world.store
    .list('stepUps')
    .filter((row) => row.tenantId === caller.tenantId && row.service === service)
    .filter(({ operations }) => operations.some((pattern) => matchesText(pattern, operation)));
  return wanted.find(({ context }) => !caller.contexts.includes(context))?.context;
}

/** The claims that a client is to ask for, as in `WWW-Authenticate`. */
export function contextClaims(context: string): string {
  // Azure Resource Manager writes its own context as a list.
  const request =
    context === 'p1' ? { essential: true, values: [context] } : { essential: true, value: context };
  return JSON.stringify({ access_token: { acrs: request } });
}
