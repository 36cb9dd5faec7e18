import { mergeChange } from '../../../core/operation-rows.js';
import { putMachine, type PowerState } from '../../../core/machine-rows.js';
import type { ArmContext, ArmHandler } from '../../arm-context.js';
import { requireIdle } from '../../operations/operation-state.js';
import { startOperation } from '../../operations/start-operation.js';
import { findMachine } from './find-machine.js';

/** What an action makes of a virtual machine: on its way, and at the end. */
type Way = readonly [during: PowerState, after: PowerState];

const WAYS: Readonly<Record<string, Way>> = {
  start: ['starting', 'running'],
  restart: ['starting', 'running'],
  powerOff: ['stopping', 'stopped'],
  deallocate: ['deallocating', 'deallocated'],
};

/** `POST …/virtualMachines/{name}/start` and its like; long-running. */
export const machineActions: Readonly<Record<string, ArmHandler>> = Object.fromEntries(
  Object.entries(WAYS).map(([name, way]) => [name, (context: ArmContext) => go(context, way)]),
);

function go(context: ArmContext, [during, after]: Way): Response {
  const { store } = context.call.world;
  const row = findMachine(context);
  requireIdle(store, row.id);
  putMachine(store, { ...row, powerState: during });
  return startOperation(context, {
    kind: 'computeOperations',
    style: 'both',
    resourceId: row.id,
    location: row.location,
    runningState: 'Updating',
    result: { from: 'answer', status: 200 },
    onSuccess: [mergeChange('virtualMachines', row.id, { powerState: after })],
    onFailure: [mergeChange('virtualMachines', row.id, { powerState: row.powerState })],
  });
}
