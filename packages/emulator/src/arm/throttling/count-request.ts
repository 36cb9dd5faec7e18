import type { Caller } from '../../entra/verify-bearer.js';
import type { Call } from '../../http/call.js';
import { armRefusal } from '../arm-refusal.js';
import type { Counted, Operation } from './throttle.js';

const OPERATIONS: Readonly<Record<string, Operation>> = { GET: 'reads', HEAD: 'reads', DELETE: 'deletes' };

/**
 * Counts a request of a caller in a subscription, or in its tenant.
 *
 * @returns the headers that say what is left
 * @throws a refusal: 429 `SubscriptionRequestsThrottled` or `TenantRequestsThrottled`
 */
export function countRequest(
  call: Call,
  caller: Caller,
  subscriptionId: string | undefined,
): Readonly<Record<string, string>> {
  const { throttle } = call.world;
  if (throttle === undefined) return {};
  const counted: Counted = {
    scope: subscriptionId === undefined ? 'tenant' : 'subscription',
    id: subscriptionId ?? caller.tenantId,
    principalId: caller.objectId,
    operation: OPERATIONS[call.method] ?? 'writes',
  };
  const { isAllowed, remaining, remainingGlobal, retryAfter } = throttle.take(counted);
  const prefix = `x-ms-ratelimit-remaining-${counted.scope}`;
  const headers = {
    [`${prefix}-${counted.operation}`]: String(remaining),
    [`${prefix}-global-${counted.operation}`]: String(remainingGlobal),
  };
  if (!isAllowed) throw throttled(counted, retryAfter, headers);
  return headers;
}

function throttled(
  { scope, id, principalId, operation }: Counted,
  retryAfter: number,
  headers: Readonly<Record<string, string>>,
): Error {
  const code = scope === 'subscription' ? 'SubscriptionRequestsThrottled' : 'TenantRequestsThrottled';
  const kind = operation.replace(/s$/, '');
  const message = `Number of '${kind}' requests for ${scope} '${id}' actor '${principalId}' exceeded. Please try again after '${retryAfter}' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`;
  return armRefusal(429, code, message, { ...headers, 'retry-after': String(retryAfter) });
}
