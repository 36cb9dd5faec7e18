import { AmlAuthError } from '@aml-auth/core';

import { azureMlOperations } from '../catalogue/azure-ml-operations.js';
import { builtInRoles } from '../catalogue/built-in-roles.js';
import { actionMatches } from '../decide/match-action.js';
import { representative } from '../operations/difference-witness.js';
import type { RoleDefinition } from '../types.js';
import { bitsWhere, measureRole, universeOf, type PlaneOperation } from './role-measure.js';
import { scenarios, type Scenario, type ScenarioName } from './scenarios.js';
import { compareCosts, costOf, smallestCover, type CoverCost } from './smallest-cover.js';
import { synthesizeRole, type CustomRoleDraft, type NeededOperations } from './synthesize-role.js';

/** How {@link leastPrivilege} goes about it. */
export interface LeastPrivilegeOptions {
  /** The roles to choose from. Default: {@link builtInRoles}. */
  readonly roles?: readonly RoleDefinition[] | undefined;
  /** Name of the custom role. Default: `Least privilege`, or the activity of the scenario. */
  readonly roleName?: string | undefined;
  /** Where the custom role may be assigned. Default: none, which Azure refuses: fill it in. */
  readonly assignableScopes?: readonly string[] | undefined;
}

/** A set of roles, and what it gives away beyond the need. */
export interface RoleCover {
  /** The roles to assign, all of them together. */
  readonly roles: readonly RoleDefinition[];
  /** What they give away, beyond the need where it says so. */
  readonly cost: CoverCost;
}

/** The least that does it. */
export interface LeastPrivilege {
  /** The set of roles that gives the least away; undefined where no set of these roles grants everything. */
  readonly best: RoleCover | undefined;
  /** Every role that does it alone, the one that gives the least away first. */
  readonly single: readonly RoleCover[];
  /** What none of the roles grants. A `*` appears as `~any~`. */
  readonly ungranted: readonly string[];
  /** A role of your own with exactly this. */
  readonly customRole: CustomRoleDraft;
  /** Where a scenario was asked for: its scope, and what else it needs. */
  readonly scenario: Scenario | undefined;
}

/**
 * The roles that grant operations, or an activity of Azure Machine Learning, and give the least away: first
 * by how many of them lead to every permission (writing role assignments or definitions), then by operations
 * beyond the need that bear secrets, run code or hand over an identity, then by all operations beyond the need,
 * then by the number of roles. The search is exact. A pattern with `*` stands for the published operations that
 * it covers, and where there is none, for an operation that only such patterns cover. What a role grants under a
 * condition does not count as granted, and counts as given away.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scenario that is not known, and where nothing is asked for
 */
export function leastPrivilege(
  need: NeededOperations | ScenarioName,
  options: LeastPrivilegeOptions = {},
): LeastPrivilege {
  const scenario = typeof need === 'string' ? scenarioNamed(need) : undefined;
  const asked: NeededOperations = scenario ?? (need as NeededOperations);
  const needed = expand(asked);
  if (needed.length === 0) throw invalid('No operation is asked for.');
  // A role that grants nothing of it is in no cover, and need not be measured over all that the others reach.
  const roles = (options.roles ?? builtInRoles).filter((role) => measureRole(role, needed).granted !== 0n);
  const universe = universeOf(needed, roles);
  const wanted = new Set(needed.map(keyOf));
  const measures = roles.map((role) => measureRole(role, universe));
  const granted = measures.reduce((bits, measure) => bits | measure.granted, 0n);
  const question = {
    needed: bitsWhere(universe, (operation) => wanted.has(keyOf(operation))),
    risky: bitsWhere(
      universe,
      ({ action, isDataAction }) => !isDataAction && RISKY.has(action.toLowerCase()),
    ),
  };
  const cover = smallestCover(measures, question);
  const roleName = options.roleName ?? scenario?.activity ?? 'Least privilege';
  return {
    best: cover && { roles: cover.map(({ role }) => role), cost: costOf(cover, question) },
    single: measures
      .filter((measure) => (question.needed & ~measure.granted) === 0n)
      .map((measure) => ({ roles: [measure.role], cost: costOf([measure], question) }))
      .toSorted((a, b) => compareCosts(a.cost, b.cost)),
    ungranted: universe
      .filter((_, index) => (question.needed & ~granted & (1n << BigInt(index))) !== 0n)
      .map(({ action }) => action),
    customRole: synthesizeRole(asked, roleName, options.assignableScopes ?? []),
    scenario,
  };
}

const RISKY: ReadonlySet<string> = new Set(
  azureMlOperations
    .filter(({ isSecret, runsCode, handsOverIdentity }) => isSecret || runsCode || handsOverIdentity)
    .map(({ name }) => name.toLowerCase()),
);

function expand({ actions = [], dataActions = [] }: NeededOperations): readonly PlaneOperation[] {
  return [
    ...actions.flatMap((pattern) => {
      const known = azureMlOperations.map(({ name }) => name).filter((name) => actionMatches(pattern, name));
      const found = known.length === 0 ? [representative(pattern)] : known;
      return found.map((action) => ({ action, isDataAction: false }));
    }),
    ...dataActions.map((pattern) => ({ action: representative(pattern), isDataAction: true })),
  ];
}

function keyOf({ action, isDataAction }: PlaneOperation): string {
  return `${isDataAction ? 'data' : 'control'} ${action.toLowerCase()}`;
}

function scenarioNamed(name: string): Scenario {
  if (Object.hasOwn(scenarios, name)) return scenarios[name as ScenarioName];
  throw invalid(`There is no scenario ${JSON.stringify(name.slice(0, 100))}.`);
}

function invalid(problem: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The least privilege cannot be found. ${problem}`,
    remedy: `Give operations such as Microsoft.MachineLearningServices/workspaces/read, or a scenario: ${Object.keys(scenarios).join(', ')}.`,
  });
}
