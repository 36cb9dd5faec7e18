import { builtInRoles, whoCan, type AccessSnapshot } from '@aml-auth/permissions';
import { createRegExpMatcher } from '../access/regexp-matcher.ts';
import { interleave } from '../measure/interleave.ts';
import type { BenchRow } from '../row.ts';

const PEOPLE = 10_000;
const GROUPS = 200;
const scope =
  '/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/ml';
const action = 'Microsoft.MachineLearningServices/workspaces/jobs/write';

/** Who of ten thousand may submit jobs: half of them have a role by a group, and every tenth one of its own. */
export const whoCanSubmit: BenchRow = {
  title: 'who can, of 10,000 principals',
  async measure({ rounds }) {
    const { snapshot, people } = crowd();
    const regExp = createRegExpMatcher(snapshot);
    const found = whoCan(snapshot, { action, scope }).allowed.map(({ request }) => request.principalId);
    const isPerson = new Set(people);
    const mine = found.filter((id) => isPerson.has(id)).length;
    const few = people.slice(0, 500);
    const theirs = people.filter((principalId) => regExp({ principalId, action, scope })).length;
    if (mine !== theirs) throw new Error(`The contestants find ${mine} and ${theirs} principals.`);
    const { ours, ...peers } = await interleave(
      {
        ours: () => Promise.resolve(milliseconds(() => whoCan(snapshot, { action, scope }))),
        'regular expressions, one by one': () =>
          Promise.resolve(
            (milliseconds(() => few.map((principalId) => regExp({ principalId, action, scope }))) * PEOPLE) /
              few.length,
          ),
      },
      rounds,
    );
    return { unit: 'ms', ours, peers, notes: { ours: `${mine} can` } };
  },
};

function crowd(): { readonly snapshot: AccessSnapshot; readonly people: readonly string[] } {
  const people = Array.from({ length: PEOPLE }, (_, index) => id('a', index));
  const groups = Array.from({ length: GROUPS }, (_, index) => id('b', index));
  const [scientist, reader] = ['AzureML Data Scientist', 'Reader'].map(
    (name) => builtInRoles.find(({ roleName }) => roleName === name)?.id ?? name,
  );
  const assign = (principalId: string, roleDefinitionId = '') => ({
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${principalId}`,
    scope,
    principalId,
    roleDefinitionId,
  });
  const roleAssignments = [
    ...groups.map((group, index) => assign(group, index % 2 === 0 ? scientist : reader)),
    ...people.filter((_, index) => index % 10 === 0).map((person) => assign(person, scientist)),
  ];
  const memberOf = Object.fromEntries(
    people.map((person, index) => [person, [groups[index % GROUPS] ?? '']]),
  );
  return { people, snapshot: { roleDefinitions: builtInRoles, roleAssignments, memberOf } };
}

function id(kind: string, index: number): string {
  return `${kind.repeat(8)}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
}

function milliseconds(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
