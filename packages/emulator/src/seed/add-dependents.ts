import { describeGeneric } from '../arm/providers/generic/dependents.js';
import { addGenericResource } from '../core/generic-rows.js';
import { idFor } from '../core/ids.js';
import type { Store } from '../core/store.js';
import { workspaceId } from '../core/arm-ids.js';

/** Where a workspace lies. */
interface Place {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Property of the workspace, type, and the ending of the name. */
const DEPENDENTS = [
  ['storageAccount', 'Microsoft.Storage/storageAccounts', 'st'],
  ['keyVault', 'Microsoft.KeyVault/vaults', 'kv'],
  ['applicationInsights', 'Microsoft.Insights/components', 'ai'],
] as const;

/**
 * Writes the storage account, key vault and Application Insights of a workspace of the seed, beside it.
 *
 * @returns the properties of the workspace that name them
 */
export function addDependents(store: Store, { name, ...place }: Place): Record<string, string> {
  const suffix = idFor('workspace', workspaceId(place.subscriptionId, place.resourceGroup, name)).slice(0, 8);
  const letters = name.toLowerCase().replaceAll(/[^a-z\d]/g, '');
  // The name of a key vault starts with a letter.
  const short = `${/^[a-z]/.test(letters) ? '' : 'w'}${letters}`.slice(0, 12);
  return Object.fromEntries(
    DEPENDENTS.map(([property, type, ending]) => {
      const { kind = null, sku = null } = describeGeneric(type) ?? {};
      const row = { ...place, type, kind, sku, name: `${short}${ending}${suffix}`, tags: {} };
      return [property, addGenericResource(store, row).id];
    }),
  );
}
