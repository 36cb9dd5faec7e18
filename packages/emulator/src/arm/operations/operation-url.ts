import type { ArmOperation } from '../../core/operation-rows.js';
import { randomText } from '../../core/random.js';
import { queryValue, type Call } from '../../http/call.js';
import { operationKind } from './operation-kinds.js';

/**
 * Where an operation is polled. Its query is long and another one in every answer, as in Azure: a client
 * must take the URL as it is, and the latest one.
 */
export function operationUrl(call: Call, operation: ArmOperation, what: 'status' | 'result'): string {
  const { statusType, resultType } = operationKind(operation.kind);
  const { clock, random } = call.world;
  const [namespace = '', ...types] = (what === 'status' ? statusType : resultType).split('/');
  const path =
    namespace === 'Microsoft.Resources'
      ? `${types.at(-1) ?? ''}/${operation.id}`
      : `providers/${namespace}/locations/${operation.location}/${types.at(-1) ?? ''}/${operation.id}`;
  const query = new URLSearchParams({
    'api-version': queryValue(call, 'api-version') ?? '',
    ...(what === 'result' && statusType === resultType ? { monitor: 'true' } : {}),
    t: String(clock.now()),
    c: randomText(random, 768),
    s: randomText(random, 256),
    h: randomText(random, 32),
  });
  return `${call.origin}/subscriptions/${operation.subscriptionId}/${path}?${query.toString()}`;
}

/** Longest time between two polls, in seconds. */
const LONGEST = 15;

/** `Retry-After` of an operation that runs: whole seconds. */
export function retryAfter({ world }: Call, operation: ArmOperation): string {
  const left = Math.max(0, operation.endsAt - world.clock.now());
  return String(Math.min(LONGEST, Math.ceil(left / 1000)));
}
