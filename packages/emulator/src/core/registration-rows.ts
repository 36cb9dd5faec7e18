import type { Store } from './store.js';

/** Whether a subscription uses a resource provider, where it differs from what is usual: that it does. */
export interface ProviderRegistration {
  readonly subscriptionId: string;
  /** In Azure's spelling. */
  readonly namespace: string;
  readonly isRegistered: boolean;
  /** Milliseconds since the epoch: until then it is on its way. */
  readonly at: number;
}

/** `registrationState` of a resource provider in a subscription. Usually it is registered. */
export function registrationState(
  store: Store,
  subscriptionId: string,
  namespace: string,
  now: number,
): 'Registered' | 'Registering' | 'NotRegistered' | 'Unregistering' {
  const row = store.get('providerRegistrations', keyOf(subscriptionId, namespace));
  if (row === undefined) return 'Registered';
  if (row.isRegistered) return now >= row.at ? 'Registered' : 'Registering';
  return now >= row.at ? 'NotRegistered' : 'Unregistering';
}

/** Registers or unregisters a resource provider. */
export function putRegistration(store: Store, row: ProviderRegistration): void {
  store.put('providerRegistrations', keyOf(row.subscriptionId, row.namespace), row);
}

function keyOf(subscriptionId: string, namespace: string): string {
  return `${subscriptionId}/${namespace}`;
}
