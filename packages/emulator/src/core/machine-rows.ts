import { subscriptionOf } from './arm-ids.js';
import { blankHost, freeHostName } from './host-rows.js';
import { userAssignedIds } from './identity-rows.js';
import type { ResourceIdentity, Tags } from './resource-rows.js';
import type { Store } from './store.js';

/** What a virtual machine is doing. Only a running one has anything on it that could ask for a token. */
export type PowerState = 'running' | 'starting' | 'stopping' | 'stopped' | 'deallocating' | 'deallocated';

/** A virtual machine, as far as its managed identities go. */
export interface VirtualMachine {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Tags;
  readonly identity: ResourceIdentity;
  readonly powerState: PowerState;
  /** As they were given, without passwords. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Writes a virtual machine; its managed-identity endpoint has the identities that it has now. */
export function putMachine(store: Store, machine: VirtualMachine): void {
  store.put('virtualMachines', machine.id, machine);
  const id = machine.id.toLowerCase();
  const existing = store.list('hosts').find(({ resourceId }) => resourceId?.toLowerCase() === id);
  const tenantId = store.get('subscriptions', subscriptionOf(machine.id) ?? '')?.tenantId ?? '';
  const host = existing ?? blankHost(freeHostName(store, machine.name), 'vm', tenantId);
  store.put('hosts', host.name, {
    ...host,
    resourceId: machine.id,
    location: machine.location,
    principalIds: principalIdsOf(machine.identity),
  });
}

function principalIdsOf({ principalId, userAssigned }: ResourceIdentity): readonly string[] {
  const users = userAssigned.map((id) => userAssignedIds(id).principalId);
  return principalId === null ? users : [principalId, ...users];
}
