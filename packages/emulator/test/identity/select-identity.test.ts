import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { ServicePrincipal } from '../../src/core/directory-rows.js';
import {
  defaultIdentity,
  readSelectors,
  selectIdentity,
  systemIdentity,
  type SelectorNames,
} from '../../src/identity/select-identity.js';

const NAMES: SelectorNames = { client_id: 'clientId', object_id: 'objectId', mi_res_id: 'resourceId' };

const identity = fc
  .record({ id: fc.uuid(), appId: fc.uuid(), isUserAssigned: fc.boolean() })
  .map(({ id, appId, isUserAssigned }): ServicePrincipal => ({
    id,
    appId,
    tenantId: 'tenant',
    displayName: 'name',
    servicePrincipalType: 'ManagedIdentity',
    resourceId: isUserAssigned
      ? `/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${id}`
      : `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/${id}`,
  }));
const identities = fc.uniqueArray(identity, { selector: ({ id }) => id, minLength: 1, maxLength: 4 });

describe('an identity', () => {
  test('is found by each of its names, in any case, and by all of them together', () => {
    fc.assert(
      fc.property(identities, fc.nat(), fc.subarray(Object.keys(NAMES), { minLength: 1 }), (rows, at, by) => {
        const wanted = rows[at % rows.length]!;
        const values: Record<string, string> = {
          client_id: wanted.appId,
          object_id: wanted.id,
          mi_res_id: wanted.resourceId!,
        };
        const query = new URLSearchParams(
          by.map((name): [string, string] => [name, values[name]!.toUpperCase()]),
        );
        expect(selectIdentity(rows, readSelectors(query, NAMES))).toBe(wanted);
      }),
    );
  });

  test('is not found by the names of two', () => {
    fc.assert(
      fc.property(identities, fc.uuid(), (rows, other) => {
        const query = new URLSearchParams({ object_id: rows[0]!.id, client_id: other });
        expect(selectIdentity(rows, readSelectors(query, NAMES))).toBeUndefined();
      }),
    );
  });

  test('that nobody names is the system-assigned one, or the only one, never one of several', () => {
    fc.assert(
      fc.property(identities, (rows) => {
        const own = rows.find(({ resourceId }) => resourceId!.includes('virtualMachines'));
        expect(systemIdentity(rows)).toBe(own);
        expect(defaultIdentity(rows)).toBe(own ?? (rows.length === 1 ? rows[0] : undefined));
      }),
    );
  });
});

test('an empty value, and a parameter of another protocol, name nothing', () => {
  expect(readSelectors(new URLSearchParams('client_id=&clientid=x&msi_res_id=y'), NAMES)).toEqual([]);
});
