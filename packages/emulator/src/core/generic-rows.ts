import { resourceGroupId } from './arm-ids.js';
import type { Tags } from './resource-rows.js';
import type { Store } from './store.js';

/** A resource of a service that the emulator does not have: it can be named, and that is all. */
export interface GenericResource {
  readonly id: string;
  /** In Azure's spelling. */
  readonly type: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Tags;
  /** As they were given. */
  readonly kind: string | null;
  readonly sku: Readonly<Record<string, unknown>> | null;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What a generic resource is made from. */
export type GenericResourceInit = Omit<GenericResource, 'id' | 'kind' | 'sku' | 'properties'> &
  Partial<Pick<GenericResource, 'kind' | 'sku' | 'properties'>>;

/** Adds a generic resource, or puts another in its place. */
export function addGenericResource(store: Store, init: GenericResourceInit): GenericResource {
  const group = resourceGroupId(init.subscriptionId, init.resourceGroup);
  const id = `${group}/providers/${init.type}/${init.name}`;
  const row = { kind: null, sku: null, properties: {}, ...init, id };
  store.put('genericResources', id, row);
  return row;
}
