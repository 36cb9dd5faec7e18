import { readdirSync, readFileSync } from 'node:fs';

import {
  builtInRoles,
  decide,
  evaluateCondition,
  lintRoleJson,
  parseCondition,
  readRoleJson,
  type ConditionFacts,
  type PermissionEntry,
  type RoleDefinition,
  type Verdict,
} from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

import { entry } from '../fixtures/snapshot.js';

interface Source {
  readonly document: string;
  readonly section: string;
  readonly url: string;
}
type RoleCase =
  | { readonly file: string }
  | (Partial<PermissionEntry> & { readonly roleName: string; readonly file?: never });
type Case = { readonly source: Source } & (
  | {
      readonly kind: 'expansion';
      readonly entry: Partial<PermissionEntry>;
      readonly isDataAction: boolean;
      readonly operations: readonly string[];
      readonly effective: readonly string[];
    }
  | {
      readonly kind: 'decision';
      readonly roles?: readonly RoleCase[];
      readonly memberOf?: Readonly<Record<string, readonly string[]>>;
      readonly assignments: readonly {
        readonly principalId: string;
        readonly role: string;
        readonly scope: string;
      }[];
      readonly questions: readonly {
        readonly principalId: string;
        readonly action: string;
        readonly scope: string;
        readonly isDataAction: boolean;
        readonly verdict: Verdict;
      }[];
    }
  | {
      readonly kind: 'conditions';
      readonly cases: readonly {
        readonly condition: string;
        readonly facts: ConditionFacts;
        readonly truth: boolean | 'unknown';
      }[];
    }
);

const textOf = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const cases = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.json'))
  .map((file) => [file.replace('.json', ''), JSON.parse(textOf(file)) as Case] as const);

const custom = (roleName: string, permissions: readonly PermissionEntry[]): RoleDefinition => ({
  id: roleName.toLowerCase(),
  roleName,
  roleType: 'CustomRole',
  permissions,
  assignableScopes: ['/'],
});

function roleOf(given: RoleCase): RoleDefinition {
  if (given.file === undefined) {
    const { roleName, ...part } = given;
    return custom(roleName, [entry(part)]);
  }
  const { role } = readRoleJson(textOf(`roles/${given.file}`));
  return custom(role!.roleName, role!.permissions);
}

function decisionsOf({ roles = [], memberOf = {}, assignments, questions }: Case & { kind: 'decision' }) {
  const roleDefinitions = [...builtInRoles, ...roles.map(roleOf)];
  const roleAssignments = assignments.map(({ role, ...rest }, index) => ({
    ...rest,
    id: String(index),
    roleDefinitionId: roleDefinitions.find(({ roleName }) => roleName === role)!.id,
  }));
  return questions.map(({ verdict: _, ...question }) =>
    decide({ roleDefinitions, roleAssignments, memberOf }, question),
  );
}

describe('worked examples of the documentation of Azure', () => {
  it.each(cases)('%s', (_, example) => {
    expect(example.source.url).toMatch(/^https:\/\/learn\.microsoft\.com\//);
    if (example.kind === 'decision') {
      const verdicts = decisionsOf(example).map(({ verdict }) => verdict);
      expect(verdicts).toEqual(example.questions.map(({ verdict }) => verdict));
    } else if (example.kind === 'expansion') {
      const role = custom('r', [entry(example.entry)]);
      const roleAssignments = [{ id: 'a', scope: '/a', principalId: 'p', roleDefinitionId: role.id }];
      const { isDataAction } = example;
      const effective = example.operations.filter((action) => {
        const request = { principalId: 'p', scope: '/a', action, isDataAction };
        return decide({ roleDefinitions: [role], roleAssignments }, request).verdict === 'allowed';
      });
      expect(effective).toEqual(example.effective);
    } else {
      for (const { condition, facts, truth } of example.cases) {
        expect(evaluateCondition(parseCondition(condition), facts).truth, condition).toBe(truth);
      }
    }
  });
});

const ML = 'Microsoft.MachineLearningServices/workspaces';
const found = (file: string) =>
  lintRoleJson(textOf(`roles/${file}`)).map(({ code, part }) =>
    `${code} ${part?.replace(ML, '…') ?? ''}`.trim(),
  );
const resting = (...patterns: readonly string[]) => patterns.map((pattern) => `zero-segment …/${pattern}`);
const useless = (...patterns: readonly string[]) =>
  patterns.map((pattern) => `useless-exclusion ${pattern.startsWith('M') ? pattern : `…/${pattern}`}`);
const ofWorkspace = ['computes/write', 'write', 'computes/delete', 'delete'];
const keys = ['computes/listKeys/action', 'listKeys/action', 'Microsoft.Authorization/*'];
const secrets = ['listNotebookAccessToken/read', 'listNotebookKeys/read', 'metadata/secrets/read'].map(
  (name) => `secrets-by-read …/${name}`,
);

// "Manage access to Azure Machine Learning workspaces", Example custom roles: names, patterns and the comma too many.
describe("Microsoft's sample roles, each as a file", () => {
  it('MLOps: no JSON, operations that nobody published, exclusions that exclude nothing', () => {
    expect(found('mlops-custom-role.json.txt')).toEqual([
      'invalid-json',
      ...resting('datasets/*/read'),
      'unknown-operation …/experiments/jobs/read',
      'unknown-operation …/experiments/jobs/write',
      'unknown-operation …/metadata/codes/*/write',
      ...useless(...ofWorkspace, ...keys),
    ]);
  });

  it('Workspace Admin: who cannot create a role, but can become owner', () => {
    expect(found('workspace-admin-custom-role.json')).toEqual([
      ...resting('*/read', '*/write', '*/delete'),
      'assigns-roles Microsoft.Authorization/roleAssignments/write',
      ...secrets,
    ]);
  });

  it('Data Scientist Restricted: most exclusions exclude nothing', () => {
    expect(found('data-scientist-restricted-custom-role.json')).toEqual([
      ...resting('*/read', 'models/*/write', 'components/*/write', 'datasets/*/write', 'datasets/*/delete'),
      ...useless(...ofWorkspace, ...keys, 'datastores/write', 'datastores/delete'),
      ...secrets,
    ]);
  });

  it('Data Scientist: an exclusion in another provider, and secrets by reading', () => {
    expect(found('data-scientist-custom-role.json')).toEqual([
      ...resting('*/read', '*/delete', '*/write', 'computes/*/write', 'computes/*/delete'),
      ...useless('Microsoft.Authorization/*'),
      ...secrets,
    ]);
  });
});
