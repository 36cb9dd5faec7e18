import { azureMlOperations } from '../catalogue/azure-ml-operations.js';
import { actionMatches } from '../decide/match-action.js';
import { differenceWitness } from '../operations/difference-witness.js';
import type { RoleDefinition } from '../types.js';

/** A custom role that Azure has not seen yet. */
export type CustomRoleDraft = Omit<RoleDefinition, 'id'>;

/** Operations, or patterns with `*`, that a role should grant. */
export interface NeededOperations {
  /**
   * Of the control plane, such as `Microsoft.MachineLearningServices/workspaces/jobs/write`. Default: none.
   */
  readonly actions?: readonly string[] | undefined;
  /** Of the data plane, such as those of blobs. Default: none. */
  readonly dataActions?: readonly string[] | undefined;
}

/**
 * A custom role that grants what is needed and nothing else: no operation is joined into a pattern that was not
 * asked for. What another pattern covers is left out. Azure accepts one `*` in a pattern, so that a pattern
 * with several gives way to the published operations of Azure Machine Learning that it covers.
 */
export function synthesizeRole(
  { actions = [], dataActions = [] }: NeededOperations,
  roleName: string,
  assignableScopes: readonly string[],
): CustomRoleDraft {
  const entry = {
    actions: withoutCovered(actions.flatMap(acceptable)),
    notActions: [],
    dataActions: withoutCovered(dataActions.flatMap(acceptable)),
    notDataActions: [],
  };
  return { roleName, roleType: 'CustomRole', permissions: [entry], assignableScopes };
}

function acceptable(pattern: string): readonly string[] {
  const text = pattern.trim();
  if (text.split('*').length <= 2) return [text];
  return azureMlOperations.map(({ name }) => name).filter((name) => actionMatches(text, name));
}

/** Of patterns that cover each other the first stays. */
function withoutCovered(patterns: readonly string[]): readonly string[] {
  const covers = (a: string, b: string): boolean =>
    differenceWitness([{ patterns: [b], except: [] }], [{ patterns: [a], except: [] }]) === undefined;
  return patterns.filter(
    (pattern, index) =>
      !patterns.some(
        (other, at) => at !== index && covers(other, pattern) && (at < index || !covers(pattern, other)),
      ),
  );
}
