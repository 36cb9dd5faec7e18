import { azureMlOperations } from '../catalogue/azure-ml-operations.js';
import { isConditional } from '../decide/evaluate-permissions.js';
import type { PermissionEntry } from '../types.js';
import { differenceWitness } from './difference-witness.js';
import { contains, type OperationSet } from './operation-set.js';

/** An operation that one list of permission entries grants and the other does not. */
export interface Excess {
  /**
   * A published operation of Azure Machine Learning where there is one. Else made up from the patterns, with
   * `~any~` for any text.
   */
  readonly action: string;
  /** Whether it is an operation of the data plane: granted by `dataActions`, not by `actions`. */
  readonly isDataAction: boolean;
}

/**
 * A counter-example to "`granted` gives nothing that `limit` does not give", or undefined where that holds:
 * a proof, exact for patterns with at most one `*`, over all operations, known and unknown. An entry under
 * a condition counts in full on the side of `granted`, and on the side of `limit` only for entries under
 * the same condition.
 */
export function findExcess(
  granted: readonly PermissionEntry[],
  limit: readonly PermissionEntry[],
): Excess | undefined {
  for (const entry of granted) {
    const holds = limit.filter((other) => !isConditional(other) || other.condition === entry.condition);
    for (const isDataAction of [false, true]) {
      const larger = [planeOf(entry, isDataAction)];
      const smaller = holds.map((other) => planeOf(other, isDataAction));
      const action =
        (isDataAction ? undefined : known(larger, smaller)) ?? differenceWitness(larger, smaller);
      if (action !== undefined) return { action, isDataAction };
    }
  }
  return undefined;
}

/** The operations of an entry in one plane. */
export function planeOf(entry: PermissionEntry, isDataAction: boolean): OperationSet {
  return isDataAction
    ? { patterns: entry.dataActions, except: entry.notDataActions }
    : { patterns: entry.actions, except: entry.notActions };
}

function known(larger: readonly OperationSet[], smaller: readonly OperationSet[]): string | undefined {
  return azureMlOperations.find(({ name }) => {
    const operation = name.toLowerCase();
    return contains(larger, operation) && !contains(smaller, operation);
  })?.name;
}
