import type { Clock } from '@aml-auth/core';

import { putMachine } from '../core/machine-rows.js';
import type { IdentityHost, ResourceIdentity } from '../core/resource-rows.js';
import type { Store } from '../core/store.js';

const PROPERTIES = {
  hardwareProfile: { vmSize: 'Standard_D2s_v5' },
  storageProfile: { osDisk: { osType: 'Linux', createOption: 'FromImage' }, dataDisks: [] },
  networkProfile: { networkInterfaces: [] },
};

/** Writes the virtual machines that the hosts of the seed stand for. */
export function addMachines(store: Store, clock: Clock): void {
  for (const host of store.list('hosts').filter(({ kind }) => kind === 'vm')) {
    const id = host.resourceId ?? '';
    const [, subscriptionId = '', resourceGroup = ''] =
      /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)/i.exec(id) ?? [];
    putMachine(store, {
      id,
      subscriptionId,
      resourceGroup,
      name: host.name,
      location: host.location,
      tags: {},
      identity: identityOf(store, host),
      powerState: 'running',
      properties: PROPERTIES,
      createdAt: clock.now(),
    });
  }
}

function identityOf(store: Store, host: IdentityHost): ResourceIdentity {
  const resources = host.principalIds.map((id) => store.get('servicePrincipals', id)?.resourceId ?? '');
  const own = host.principalIds.find((_, index) => resources[index] === host.resourceId) ?? null;
  const userAssigned = resources.filter((id) => id !== host.resourceId);
  const type = [own === null ? '' : 'SystemAssigned', userAssigned.length === 0 ? '' : 'UserAssigned'];
  return { type: type.filter(Boolean).join(','), principalId: own, userAssigned };
}
