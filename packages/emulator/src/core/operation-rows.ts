import { idFor } from './ids.js';
import type { Store } from './store.js';
import type { Tables } from './tables.js';

/** A change of a row that waits for the end of an operation. Plain JSON, so that it survives a snapshot. */
export type StoreChange =
  | {
      readonly change: 'merge';
      readonly table: keyof Tables;
      readonly key: string;
      /** What replaces the row's own fields; a row that is gone stays so. */
      readonly fields: Readonly<Record<string, unknown>>;
    }
  | { readonly change: 'remove'; readonly table: keyof Tables; readonly key: string }
  | {
      /** Removes a resource and all that lies below it. */
      readonly change: 'removeWithin';
      readonly scope: string;
      /** Whether workspaces go for good, and their names are free again. */
      readonly purge?: boolean;
    };

/** What is answered at the end, where an answer without an operation would have been. */
export type OperationResult =
  /** The resource, as a GET has it then. */
  | { readonly from: 'resource' }
  | { readonly from: 'answer'; readonly status: number; readonly body?: unknown };

/** Why an operation does not succeed. */
export interface OperationError {
  /** Of the answer at the `Location`. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** A long-running operation of Azure Resource Manager. */
export interface ArmOperation {
  readonly id: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** Name of its kind; decides where it is polled. */
  readonly kind: string;
  readonly location: string;
  readonly resourceId: string;
  /** Object id of whoever started it. */
  readonly ownerId: string;
  /** Milliseconds since the epoch, as is `endsAt`. */
  readonly startedAt: number;
  readonly endsAt: number;
  /** `provisioningState` of the resource until the end. */
  readonly runningState: string;
  readonly outcome: 'Succeeded' | 'Failed' | 'Canceled';
  /** Whether the end was reached and its changes are made. */
  readonly isFinished: boolean;
  readonly error: OperationError | null;
  readonly result: OperationResult;
  /** What happens at the end, by how it ends. */
  readonly onSuccess: readonly StoreChange[];
  readonly onFailure: readonly StoreChange[];
}

/** An operation that is to fail: the next one that matches. */
export interface OperationFailure {
  readonly id: string;
  /** Resource type or resource id; null for any. */
  readonly resource: string | null;
  readonly outcome: 'Failed' | 'Canceled';
  readonly code: string;
  readonly message: string;
}

/** A {@link StoreChange} that replaces fields of a row. */
export function mergeChange<T extends keyof Tables>(
  table: T,
  key: string,
  fields: Partial<Tables[T]>,
): StoreChange {
  return { change: 'merge', table, key, fields };
}

/** What is said of an operation that is to fail. */
export type OperationFailureInit = {
  readonly [Name in keyof Omit<OperationFailure, 'id'>]?: OperationFailure[Name] | undefined;
};

/** Adds an operation that is to fail, behind those that are there. */
export function addOperationFailure(store: Store, init: OperationFailureInit): void {
  const { resource = null, outcome = 'Failed' } = init;
  const code = init.code ?? (outcome === 'Failed' ? 'OperationFailed' : 'OperationCanceled');
  const message =
    init.message ?? (outcome === 'Failed' ? 'The operation failed.' : 'The operation was canceled.');
  const id = idFor('operation-failure', String(store.revision));
  store.put('operationFailures', id, { id, resource, outcome, code, message });
}
