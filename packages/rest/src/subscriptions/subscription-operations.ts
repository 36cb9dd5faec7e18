import type { Transport } from '../transport.js';
import { parseSubscription } from './parse-subscription.js';
import type { Subscription } from './subscription.js';

/** Azure subscriptions. */
export interface SubscriptionOperations {
  /** The subscriptions that the caller may see, page by page. */
  list(options?: {
    readonly signal?: AbortSignal | undefined;
    readonly limit?: number | undefined;
  }): AsyncIterable<Subscription>;
}

/** Operations on subscriptions over a transport. */
export function subscriptionOperations(transport: Transport): SubscriptionOperations {
  const { apiVersion, onDrift } = transport;
  return {
    async *list({ signal, limit } = {}) {
      for await (const item of transport.list({ path: '/subscriptions', apiVersion, signal, limit })) {
        yield parseSubscription(item, onDrift);
      }
    },
  };
}
