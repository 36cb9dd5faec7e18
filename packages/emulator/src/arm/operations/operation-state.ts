import type { ArmOperation } from '../../core/operation-rows.js';
import type { Store } from '../../core/store.js';
import { armRefusal } from '../arm-refusal.js';

/**
 * `provisioningState` of a resource: what its latest operation says. `Succeeded` where there was none.
 */
export function provisioningState(store: Store, resourceId: string): string {
  const operation = latestOperation(store, resourceId);
  if (operation === undefined) return 'Succeeded';
  return operation.isFinished ? operation.outcome : operation.runningState;
}

/**
 * Refuses to change a resource while an operation on it, or on what it lies in, still runs.
 *
 * @throws a refusal: 409 `AnotherOperationInProgress`
 */
export function requireIdle(store: Store, resourceId: string): void {
  const id = resourceId.toLowerCase();
  const running = store
    .list('operations')
    .find(({ isFinished, ...row }) => !isFinished && `${id}/`.startsWith(`${row.resourceId.toLowerCase()}/`));
  if (running === undefined) return;
  const message = `Another operation (${running.runningState}) on the resource '${running.resourceId}' is in progress. Its id is '${running.id}'. Try again when it has ended.`;
  throw armRefusal(409, 'AnotherOperationInProgress', message);
}

const cache = new WeakMap<
  Store,
  { readonly revision: number; readonly latest: ReadonlyMap<string, ArmOperation> }
>();

/** The operation that was started last on a resource. Lists ask it for each of their rows. */
function latestOperation(store: Store, resourceId: string): ArmOperation | undefined {
  let known = cache.get(store);
  if (known?.revision !== store.revision) {
    const latest = new Map(store.list('operations').map((row) => [row.resourceId.toLowerCase(), row]));
    known = { revision: store.revision, latest };
    cache.set(store, known);
  }
  return known.latest.get(resourceId.toLowerCase());
}
