import {
  azureMlOperations,
  type AccessRequest,
  type AccessSnapshot,
  type RoleAssignment,
  type RoleDefinition,
} from '@aml-auth/permissions';

/** A tenant in which many people have many roles, and questions about it. */
export interface AccessWorld {
  readonly snapshot: AccessSnapshot;
  readonly questions: readonly AccessRequest[];
}

const ASSIGNMENTS = 4_000;
const QUESTIONS = 2_000;
const PEOPLE = 2_000;
const GROUPS = 100;
const COMMON = new Set(['Reader', 'Contributor', 'AzureML Data Scientist', 'AzureML Compute Operator']);

/** Always the same tenant: two subscriptions under a management group, a hundred workspaces, groups in groups. */
export function createAccessWorld(roleDefinitions: readonly RoleDefinition[]): AccessWorld {
  const pick = picker(7);
  // Conditions are another matter: peers would have to be taught them.
  const assignable = roleDefinitions.filter(({ permissions }) =>
    permissions.every(({ condition }) => condition === undefined || condition === ''),
  );
  const common = assignable.filter(({ roleName }) => COMMON.has(roleName));
  const people = Array.from({ length: PEOPLE }, (_, index) => guid('a', index));
  const groups = Array.from({ length: GROUPS }, (_, index) => guid('b', index));
  const { workspaces, scopes, parents } = tenant();
  const memberOf = Object.fromEntries<readonly string[]>([
    ...people.map((person) => [person, [pick(groups), pick(groups)]] as const),
    // Of every ten groups, nine are in the first.
    ...groups.flatMap((group, index) => {
      const outer = groups[index - (index % 10)];
      return outer === undefined || outer === group ? [] : [[group, [outer]] as const];
    }),
  ]);
  const roleAssignments = Array.from({ length: ASSIGNMENTS }, (_, index): RoleAssignment => {
    const scope = pick(scopes);
    return {
      id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${guid('c', index)}`,
      scope,
      principalId: pick(index % 4 === 0 ? groups : people),
      roleDefinitionId: pick(index % 3 === 0 ? common : assignable).id,
    };
  });
  const literals = assignable
    .flatMap(({ permissions }) => permissions.flatMap(({ actions }) => actions))
    .filter((action) => !action.includes('*'));
  const operations = azureMlOperations.map(({ name }) => name);
  const questions = Array.from({ length: QUESTIONS }, (_, index): AccessRequest => ({
    principalId: pick(people),
    scope: pick(workspaces),
    action: pick(index % 3 === 0 ? literals : operations),
  }));
  return { snapshot: { roleDefinitions, roleAssignments, memberOf, parents }, questions };
}

function tenant(): {
  readonly workspaces: readonly string[];
  readonly scopes: readonly string[];
  readonly parents: Readonly<Record<string, string>>;
} {
  const top = '/providers/Microsoft.Management/managementGroups/contoso';
  const subscriptions = [0, 1].map((index) => `/subscriptions/${guid('d', index)}`);
  const resourceGroups = subscriptions.flatMap((subscription) =>
    Array.from({ length: 10 }, (_, index): string => `${subscription}/resourceGroups/rg-${String(index)}`),
  );
  const workspaces = resourceGroups.flatMap((group) =>
    Array.from(
      { length: 5 },
      (_, index) => `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws-${String(index)}`,
    ),
  );
  return {
    workspaces,
    scopes: [...workspaces, ...resourceGroups, ...subscriptions, top],
    parents: Object.fromEntries<string>(subscriptions.map((subscription) => [subscription, top])),
  };
}

function guid(kind: string, index: number): string {
  return `${kind.repeat(8)}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** A linear congruential generator (Numerical Recipes): the same picks in every run. */
function picker(seed: number): <T>(list: readonly T[]) => T {
  let state = seed;
  return (list) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const item = list[Math.floor((state / 2 ** 32) * list.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  };
}
