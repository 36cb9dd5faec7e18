import { armPath } from '../arm/arm-path.js';
import { parseSubscriptionId } from '../resource-names.js';
import type { Transport } from '../transport.js';
import { chooseSubscription } from './choose-subscription.js';
import { parseSubscription } from './parse-subscription.js';
import type { Subscription } from './subscription.js';

/** Azure subscriptions. */
export interface SubscriptionOperations {
  /** The subscriptions that the caller may see, page by page. */
  list(options?: {
    readonly signal?: AbortSignal | undefined;
    readonly limit?: number | undefined;
  }): AsyncIterable<Subscription>;
  /**
   * One, with its tenant.
   *
   * @throws {AmlAuthError} `AML_CONFIG_INVALID` for what is no GUID; `AML_NOT_FOUND`, `AML_FORBIDDEN` …
   */
  get(subscriptionId: string, options?: { readonly signal?: AbortSignal | undefined }): Promise<Subscription>;
  /**
   * The subscription to work with: the one that is named, else the only one that is enabled. Never guesses among
   * several.
   *
   * @param options - `named`: an id or a display name; default `AZURE_SUBSCRIPTION_ID` of the environment
   * @throws {AmlAuthError} `AML_NOT_FOUND` where the caller may see none, or none of that name; `AML_AMBIGUOUS` where
   *   several fit, which the message lists
   */
  choose(options?: {
    readonly named?: string | undefined;
    readonly signal?: AbortSignal | undefined;
  }): Promise<Subscription>;
}

/** Operations on subscriptions over a transport. */
export function subscriptionOperations(transport: Transport): SubscriptionOperations {
  const { onDrift } = transport;

  async function* list(
    options: { readonly signal?: AbortSignal | undefined; readonly limit?: number | undefined } = {},
  ): AsyncGenerator<Subscription, void, undefined> {
    for await (const item of transport.list({
      path: '/subscriptions',
      apiVersion: API_VERSION,
      ...options,
    })) {
      yield parseSubscription(item, onDrift);
    }
  }

  return {
    list,
    get: async (subscriptionId, { signal } = {}) => findSubscription(transport, subscriptionId, signal),
    async choose({ named = process.env['AZURE_SUBSCRIPTION_ID'], signal } = {}) {
      const visible: Subscription[] = [];
      for await (const subscription of list({ signal })) visible.push(subscription);
      return chooseSubscription(visible, named === '' ? undefined : named);
    },
  };
}

const API_VERSION = '2022-12-01';

/** One subscription. */
export async function findSubscription(
  transport: Transport,
  subscriptionId: string,
  signal: AbortSignal | undefined,
): Promise<Subscription> {
  const path = armPath`/subscriptions/${parseSubscriptionId(subscriptionId)}`;
  const { body } = await transport.request({ method: 'GET', path, apiVersion: API_VERSION, signal });
  return parseSubscription(body, transport.onDrift);
}
