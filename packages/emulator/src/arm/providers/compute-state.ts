import type { ArmOperation } from '../../core/operation-rows.js';
import type { Compute } from '../../core/resource-rows.js';
import type { Store } from '../../core/store.js';

/** What a compute is at this moment. */
export interface ComputeState {
  /** Of making, changing or deleting it; turning an instance on and off leaves it alone. */
  readonly provisioningState: string;
  /** Of an instance, such as `Running`, `Starting` or `Stopped`. */
  readonly instanceState: string;
  /** Of a cluster. */
  readonly allocationState: 'Steady' | 'Resizing';
  /** What was last done to an instance. */
  readonly lastOperation: Readonly<Record<string, string>>;
}

/** What an operation does, by the state that the compute has until its end. */
const OPERATIONS: Readonly<Record<string, string>> = {
  Creating: 'Create',
  Updating: 'Update',
  Deleting: 'Delete',
  Starting: 'Start',
  Stopping: 'Stop',
  Restarting: 'Restart',
  Resizing: 'Resize',
};

const POWER_STATES = new Set(['Starting', 'Stopping', 'Restarting', 'Resizing']);

/** Reads the {@link ComputeState} off the operations on a compute. */
export function computeStateOf(store: Store, row: Compute): ComputeState {
  const id = row.id.toLowerCase();
  const operations = store.list('operations').filter(({ resourceId }) => resourceId.toLowerCase() === id);
  const latest = operations.at(-1);
  const change = operations.findLast(({ runningState }) => !POWER_STATES.has(runningState));
  const isRunning = latest?.isFinished === false;
  const isChanging = isRunning && latest === change && latest.runningState !== 'Updating';
  return {
    provisioningState:
      change === undefined ? 'Succeeded' : change.isFinished ? change.outcome : change.runningState,
    instanceState: isChanging || (isRunning && latest !== change) ? latest.runningState : row.power,
    allocationState: isRunning && latest.runningState !== 'Deleting' ? 'Resizing' : 'Steady',
    lastOperation: describe(latest, row.createdAt),
  };
}

/** Whether programs run on the compute, so that its managed-identity endpoint is there. */
export function answersOnHost(store: Store, row: Compute): boolean {
  return row.kind !== 'ComputeInstance' || computeStateOf(store, row).instanceState === 'Running';
}

function describe(operation: ArmOperation | undefined, createdAt: number): Readonly<Record<string, string>> {
  const name = OPERATIONS[operation?.runningState ?? 'Creating'] ?? 'Create';
  const ended = operation?.outcome === 'Succeeded' ? 'Succeeded' : `${name}Failed`;
  return {
    operationName: name,
    operationTime: new Date(operation?.startedAt ?? createdAt).toISOString(),
    operationStatus: operation === undefined ? 'Succeeded' : operation.isFinished ? ended : 'InProgress',
    operationTrigger: 'User',
  };
}
