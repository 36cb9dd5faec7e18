import { subscriptionOf } from './arm-ids.js';
import type { HostKind, IdentityHost } from './resource-rows.js';
import type { Store } from './store.js';

/** A host without a resource and identities. */
export function blankHost(name: string, kind: HostKind, tenantId: string): IdentityHost {
  return {
    name,
    kind,
    tenantId,
    resourceId: null,
    location: 'westeurope',
    principalIds: [],
    userId: null,
    keyFolder: 'auto',
  };
}

/** The name, or the name with the first number that makes it free. */
export function freeHostName(store: Store, name: string): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name}-${count}`;
    if (store.get('hosts', candidate) === undefined) return candidate;
  }
}

/** What the host of a resource is made from. */
export interface HostResource {
  readonly id: string;
  readonly name: string;
  readonly location: string;
}

/** The host of a resource of Azure Machine Learning, whose identities stand with the resource. */
export function resourceHost(
  store: Store,
  kind: 'aml-compute' | 'aml-online-endpoint',
  resource: HostResource,
  name: string = freeHostName(store, resource.name),
): IdentityHost {
  const tenantId = store.get('subscriptions', subscriptionOf(resource.id) ?? '')?.tenantId ?? '';
  return { ...blankHost(name, kind, tenantId), resourceId: resource.id, location: resource.location };
}

/** Adds the host of a resource, unless it has one. */
export function addResourceHost(
  store: Store,
  kind: 'aml-compute' | 'aml-online-endpoint',
  resource: HostResource,
): void {
  const id = resource.id.toLowerCase();
  if (store.list('hosts').some(({ resourceId }) => resourceId?.toLowerCase() === id)) return;
  const host = resourceHost(store, kind, resource);
  store.put('hosts', host.name, host);
}
