import type { Clock } from '@aml-auth/core';

import { describeGeneric } from '../arm/providers/generic/dependents.js';
import { resourceGroupId } from '../core/arm-ids.js';
import { addGenericResource } from '../core/generic-rows.js';
import type { Store } from '../core/store.js';
import type { SeedResourceGroup } from './emulator-seed.js';
import { invalidSeed } from './invalid-seed.js';

/** Where the resources of a group go. */
interface Place {
  readonly subscriptionId: string;
  readonly group: SeedResourceGroup;
  readonly clock: Clock;
}

/** Writes the generic resources of a resource group. */
export function addGenericResources(store: Store, { subscriptionId, group, clock }: Place): void {
  for (const { type, name, location = group.location ?? 'westeurope', tags = {} } of group.resources ?? []) {
    const description = describeGeneric(type);
    if (description?.isName(name) !== true) {
      throw invalidSeed(`${name} is no name for a resource of type ${type}.`);
    }
    const id = `${resourceGroupId(subscriptionId, group.name)}/providers/${type}/${name}`;
    if (store.get('genericResources', id) !== undefined)
      throw invalidSeed(`There are two of ${type} ${name}.`);
    addGenericResource(store, {
      type,
      subscriptionId,
      resourceGroup: group.name,
      name,
      location,
      tags,
      kind: description.kind,
      sku: description.sku,
      createdAt: clock.now(),
    });
  }
}
