import type { VirtualMachine } from '../../../core/machine-rows.js';
import type { ArmContext } from '../../arm-context.js';
import { resourceNotFound } from '../../resource-not-found.js';

/** The virtual machine that a path is about, or a refusal: 404 `ResourceNotFound`. */
export function findMachine({ call, path }: ArmContext): VirtualMachine {
  const id = path.isCollection ? path.scope : path.id;
  const row = call.world.store.get('virtualMachines', id);
  if (row !== undefined) return row;
  throw resourceNotFound(
    `Microsoft.Compute/virtualMachines/${path.names[0] ?? ''}`,
    path.resourceGroup ?? '',
  );
}
