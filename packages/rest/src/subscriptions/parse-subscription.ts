import * as z from 'zod';
import { parseLeniently, type OnDrift } from '../parse-leniently.js';
import { optional } from '../optional.js';
import type { Subscription } from './subscription.js';

const subscription: z.ZodType<Subscription> = z.looseObject({
  id: z.string().min(1),
  subscriptionId: z.string().min(1),
  displayName: optional(z.string()),
  state: optional(z.string()),
  tenantId: optional(z.string()),
});

/**
 * A subscription from what ARM answered; reads as leniently as `parseWorkspace`.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` where an id is missing
 */
export function parseSubscription(input: unknown, onDrift?: OnDrift): Subscription {
  return parseLeniently(subscription, input, 'subscription', onDrift);
}
