import { idFor } from '../../../core/ids.js';
import type { PowerState, VirtualMachine } from '../../../core/machine-rows.js';
import type { Store } from '../../../core/store.js';
import { provisioningState } from '../../operations/operation-state.js';
import { presentIdentity } from '../present-identity.js';

/** A virtual machine as the service shows it. */
export function presentMachine(row: VirtualMachine, tenantId: string, store: Store): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    type: 'Microsoft.Compute/virtualMachines',
    location: row.location,
    tags: row.tags,
    ...(row.identity.type === 'None' ? {} : { identity: presentIdentity(row.identity, tenantId) }),
    properties: {
      ...row.properties,
      vmId: idFor('virtual-machine', row.id),
      provisioningState: provisioningState(store, row.id),
      timeCreated: new Date(row.createdAt).toISOString(),
    },
  };
}

const DISPLAY: Readonly<Record<PowerState, string>> = {
  running: 'VM running',
  starting: 'VM starting',
  stopping: 'VM stopping',
  stopped: 'VM stopped',
  deallocating: 'VM deallocating',
  deallocated: 'VM deallocated',
};

/** What a virtual machine is doing, as `instanceView` has it. */
export function instanceViewOf(row: VirtualMachine, store: Store): Record<string, unknown> {
  const state = provisioningState(store, row.id);
  return {
    computerName: row.name,
    statuses: [
      {
        code: `ProvisioningState/${state.toLowerCase()}`,
        level: state === 'Failed' ? 'Error' : 'Info',
        displayStatus: `Provisioning ${state.toLowerCase()}`,
      },
      { code: `PowerState/${row.powerState}`, level: 'Info', displayStatus: DISPLAY[row.powerState] },
    ],
  };
}
