import type { ArmOperation, StoreChange } from '../../core/operation-rows.js';
import { keepDeletedWorkspaces } from '../../core/deleted-workspace-rows.js';
import type { Store } from '../../core/store.js';
import type { Tables } from '../../core/tables.js';
import { removeWithin } from '../remove-within.js';

const DAY_MS = 86_400_000;
/** Operations that have ended and are remembered. */
const LIMIT = 1_000;

/** When there is next something to do, for one state of a store. */
const known = new WeakMap<Store, { readonly revision: number; readonly nextAt: number }>();

/**
 * Ends the long-running operations whose time has come, the earliest first. Nothing runs in the
 * background: this goes before every request and look-up.
 *
 * @param now - milliseconds since the epoch
 */
export function finishDue(store: Store, now: number): void {
  const before = known.get(store);
  if (before?.revision === store.revision && now < before.nextAt) return;
  const due = store
    .list('operations')
    .filter(({ isFinished, endsAt }) => !isFinished && endsAt <= now)
    .sort((a, b) => a.endsAt - b.endsAt);
  for (const operation of due) finish(store, operation);
  if (due.length > 0) forgetOld(store, now);
  const waiting = store.list('operations').filter(({ isFinished }) => !isFinished);
  const nextAt = Math.min(...waiting.map(({ endsAt }) => endsAt), Number.POSITIVE_INFINITY);
  known.set(store, { revision: store.revision, nextAt });
}

function finish(store: Store, operation: ArmOperation): void {
  store.put('operations', operation.id, { ...operation, isFinished: true });
  const changes = operation.outcome === 'Succeeded' ? operation.onSuccess : operation.onFailure;
  for (const change of changes) apply(store, change, operation.endsAt);
}

function apply(store: Store, change: StoreChange, at: number): void {
  if (change.change === 'removeWithin') {
    if (change.purge !== true) keepDeletedWorkspaces(store, change.scope, at);
    removeWithin(store, change.scope);
  } else if (change.change === 'remove') store.remove(change.table, change.key);
  else merge(store, change.table, change.key, change.fields);
}

function merge(
  store: Store,
  table: keyof Tables,
  key: string,
  fields: Readonly<Record<string, unknown>>,
): void {
  const row = store.get(table, key);
  // mergeChange() saw to it that the fields are those of the table.
  if (row !== undefined) store.put(table, key, { ...row, ...fields });
}

/** Operations can be polled for a day, as long as there are not too many. One that left its resource failed stays. */
function forgetOld(store: Store, now: number): void {
  const ended = store.list('operations').filter(({ isFinished }) => isFinished);
  const latest = new Map(ended.map(({ id, resourceId }) => [resourceId.toLowerCase(), id]));
  const forgettable = ended.filter(
    ({ id, resourceId, outcome }) => outcome === 'Succeeded' || latest.get(resourceId.toLowerCase()) !== id,
  );
  for (const [index, { id, endsAt }] of forgettable.entries()) {
    const isBeyond = index < forgettable.length - LIMIT;
    if (isBeyond || endsAt < now - DAY_MS) store.remove('operations', id);
  }
}
