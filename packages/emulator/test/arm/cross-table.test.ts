import { existsSync, readFileSync } from 'node:fs';

import { demoSeed, startEmulator, type Emulator, type SeedPermission } from '@aml-auth/emulator';
import { builtInRoles, decide, type PermissionEntry, type RoleDefinition } from '@aml-auth/permissions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ArmType } from '../../src/arm/arm-context.js';
import { ARM_TYPES } from '../../src/arm/arm-types.js';
import { parseArmPath } from '../../src/arm/parse-arm-path.js';
import { tokenOf } from '../support/emulated.js';

/** All built-in roles of Azure, where they lie beside the repository. */
const FILE = new URL('../../../../../shared/data/built-in-roles.json', import.meta.url);
const isThere = existsSync(FILE);
const SAMPLE = 20;

type Role = Pick<RoleDefinition, 'roleName' | 'permissions'>;

/** One thing that the emulator serves. */
interface Operation {
  readonly method: string;
  readonly path: string;
  /** Of Azure RBAC. */
  readonly action: string;
  /** Where the right is needed. */
  readonly scope: string;
  /** Whether callers without the right get an answer as well: a list of what they may read. */
  readonly isOpen: boolean;
}

/** Types whose resources every caller may read. */
const PUBLIC = new Set(['Microsoft.Resources/providers', 'Microsoft.Authorization/providerOperations']);

const MISSING = 'c0ffee00-0000-4000-8000-00000000dead';

/** The path of a list of a type, and of a resource of it that does not exist. */
function pathsOf(type: string, subscription: string): readonly [list: string, resource: string] {
  const [namespace = '', ...types] = type.split('/');
  const sub = `/subscriptions/${subscription}`;
  const group = `${sub}/resourceGroups/rg-ml`;
  if (types[0] === 'operations') return [`/providers/${type}`, `/providers/${type}/${MISSING}`];
  if (namespace === 'Microsoft.Resources') {
    const [first, second, ...rest] = types;
    if (first !== 'subscriptions') return [`/${first}`, `/${first}/Microsoft.Missing`];
    if (second === undefined) return ['/subscriptions', sub];
    const outer = rest.length === 0 ? sub : group;
    const last = rest.length === 0 ? second : rest.join('/');
    return [`${outer}/${last}`, `${outer}/${last}/${last === 'providers' ? 'Microsoft.Missing' : MISSING}`];
  }
  const outer = namespace === 'Microsoft.Management' ? '' : group;
  const pairs = types.map((part, index) => (index === types.length - 1 ? part : `${part}/${MISSING}`));
  const list = `${outer}/providers/${namespace}/${pairs.join('/')}`;
  return [list, `${list}/${MISSING}`];
}

function operationsOf(type: ArmType, subscription: string): readonly Operation[] {
  // Who may do that is not decided by Azure RBAC.
  if (type.gate !== undefined) return [];
  const [list, resource] = pathsOf(type.type, subscription);
  const read = parseArmPath(list.split('/').filter(Boolean));
  const one = parseArmPath(resource.split('/').filter(Boolean));
  // A type with a path of its own kind must be taught to pathsOf.
  expect([read.type.toLowerCase(), one.type.toLowerCase()]).toEqual(Array(2).fill(type.type.toLowerCase()));
  const served = [
    ['GET', type.get, 'read'],
    ['PUT', type.put, 'write'],
    ['PATCH', type.patch, 'write'],
    ['DELETE', type.delete, 'delete'],
  ] as const;
  return [
    ...served.flatMap(([method, handler, verb]) => {
      const isOpen = method === 'GET' && PUBLIC.has(type.type);
      const at = { method, path: resource, action: `${type.type}/${verb}`, scope: resource, isOpen };
      return handler === undefined ? [] : [at];
    }),
    ...Object.keys(type.actions ?? {}).map((name) => ({
      method: 'POST',
      path: `${resource}/${name}`,
      ...(type.type === 'Microsoft.Resources/subscriptions/providers'
        ? { action: `Microsoft.Missing/${name}/action`, scope: read.scope }
        : {
            action: `${type.type}/${name}/${type.readActions?.includes(name) === true ? 'read' : 'action'}`,
            scope: resource,
          }),
      isOpen: false,
    })),
    ...(type.list === undefined
      ? []
      : [
          {
            method: 'GET',
            path: list,
            action: `${type.type}/read`,
            scope: read.scope,
            isOpen: type.list.rule === 'open',
          },
        ]),
  ];
}

/** Azure RBAC once more, naive and short, sharing nothing with what is tested. */
function oracle(permissions: readonly PermissionEntry[], action: string): boolean {
  const operation = action.toLowerCase();
  const fits = (pattern: string): boolean => {
    const [left, right] = pattern.trim().toLowerCase().split('*');
    if (right === undefined) return operation === left;
    // A star between slashes may stand for nothing, so that the two slashes are one.
    const shared = left!.endsWith('/') && right.startsWith('/') ? 1 : 0;
    const isLong = operation.length >= left!.length + right.length - shared;
    return isLong && operation.startsWith(left!) && operation.endsWith(right);
  };
  // Nothing in the requests fulfils a condition: what it targets is not granted.
  const targets = (condition: string): boolean => {
    const patterns = [...condition.matchAll(/!\(ActionMatches\{'([^']*)'\}\)/g)].map(
      ([, pattern]) => pattern!,
    );
    return patterns.length === 0 || patterns.some(fits);
  };
  return permissions.some(
    ({ actions, notActions, condition }) =>
      actions.some(fits) && !notActions.some(fits) && !(typeof condition === 'string' && targets(condition)),
  );
}

/** The same sample in every run, half of it from roles that reach something that the emulator serves. */
function sampleOf(all: readonly Role[], operations: readonly Operation[]): readonly Role[] {
  let state = 20_261_126;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
  const useful = all.filter(
    ({ permissions }) =>
      permissions.some(({ condition }) => typeof condition === 'string') ||
      operations.some(({ action }) => oracle(permissions, action)),
  );
  const chosen = new Set<Role>();
  while (chosen.size < SAMPLE / 2) chosen.add(useful[next(useful.length)]!);
  while (chosen.size < SAMPLE) chosen.add(all[next(all.length)]!);
  return [...chosen];
}

/** One emulator with an application for each role, which holds it at the root or at the subscription. */
async function emulatorOf(roles: readonly Role[], areCustom: boolean): Promise<Emulator> {
  const [contoso] = demoSeed.tenants;
  const nameOf = (role: Role): string =>
    areCustom ? `Sample ${role.roleName.replaceAll('/', '-')}` : role.roleName;
  return startEmulator({
    seed: {
      ...demoSeed,
      throttling: false,
      tenants: [
        {
          ...contoso!,
          apps: [
            ...contoso!.apps!,
            ...roles.map((_, index) => ({ name: `app-${index}`, secrets: [{ value: 'secret' }] })),
          ],
        },
      ],
      roleDefinitions: areCustom
        ? roles.map((role) => ({
            name: nameOf(role),
            permissions: role.permissions.map(seedPermission),
            assignableScopes: ['/'],
          }))
        : [],
      roleAssignments: roles.map((role, index) => ({
        principal: `app:app-${index}`,
        role: nameOf(role),
        scope: index % 2 === 0 ? '/' : '/dev',
      })),
    },
  });
}

function seedPermission({
  actions,
  notActions,
  dataActions,
  notDataActions,
  condition,
}: PermissionEntry): SeedPermission {
  const lists = { actions, notActions, dataActions, notDataActions };
  return typeof condition === 'string' ? { ...lists, condition } : lists;
}

interface Cell {
  readonly status: number;
  readonly decision: string;
}

async function call(
  emulator: Emulator,
  token: string,
  { method, path }: Operation,
  type: ArmType,
): Promise<Cell> {
  const version = type.apiVersions.stable.at(-1) ?? `${type.apiVersions.preview.to}-preview`;
  const response = await emulator.fetch(`${emulator.origin}${path}?api-version=${version}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    // Nobody can read it, so that nothing is written.
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{' }),
  });
  return { status: response.status, decision: response.headers.get('x-emu-decision') ?? '' };
}

/** Goes through the table; returns what is wrong in it, and how many cells allow and refuse. */
async function check(emulator: Emulator, roles: readonly Role[], named: (role: Role) => string) {
  const { id: subscription } = emulator.subscription('dev');
  const table = ARM_TYPES.flatMap((type) =>
    operationsOf(type, subscription).map((operation) => ({ type, operation })),
  );
  const wrong: string[] = [];
  const seen = { allowed: 0, refused: 0 };
  for (const [index, role] of roles.entries()) {
    const token = await tokenOf(emulator, `app-${index}`);
    const isAtRoot = index % 2 === 0;
    const definition = { ...role, id: 'r', roleType: 'CustomRole' as const, assignableScopes: ['/'] };
    const assignment = { id: 'a', principalId: 'p', roleDefinitionId: 'r' };
    const cells = await Promise.all(
      table.map(async ({ type, operation }) => ({
        operation,
        cell: await call(emulator, token, operation, type),
      })),
    );
    for (const { operation, cell } of cells) {
      const { status, decision } = cell;
      const { action, scope, isOpen, method, path } = operation;
      const { verdict } = decide(
        {
          roleDefinitions: [definition],
          roleAssignments: [{ ...assignment, scope: isAtRoot ? '/' : `/subscriptions/${subscription}` }],
        },
        { principalId: 'p', action, scope },
      );
      const reaches = isAtRoot || scope.startsWith(`/subscriptions/${subscription}`);
      const isAllowed = reaches && oracle(role.permissions, action);
      const passes = status !== 401 && status !== 403;
      const says = isAllowed
        ? decision.startsWith(`allow; action=${action}; scope=`) && decision.includes(`role=${named(role)};`)
        : decision.startsWith(`deny; action=${action}; scope=`);
      const isFiltered = decision.startsWith('filter; ');
      const isRight =
        isAllowed === (verdict === 'allowed') &&
        (isOpen ? passes : isFiltered ? passes && !isAllowed : passes === isAllowed && says);
      seen[isAllowed ? 'allowed' : 'refused'] += 1;
      if (!isRight)
        wrong.push(
          `${role.roleName}: ${method} ${path}: ${status}, ${verdict}, ${String(isAllowed)}, ${decision}`,
        );
    }
  }
  return { wrong, seen, operations: table.length };
}

describe('what every role may, by the decision engine, a naive oracle and the answers', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await emulatorOf(builtInRoles, false);
  });
  afterAll(() => emulator.close());

  test('all built-in roles, everything that the emulator serves', { timeout: 240_000 }, async () => {
    const before = emulator.snapshot();
    const { wrong, seen, operations } = await check(emulator, builtInRoles, ({ roleName }) => roleName);
    expect(wrong).toEqual([]);
    expect(operations).toBeGreaterThan(50);
    expect(seen.allowed).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(100);
    // Requests that are allowed name nothing, so that they change nothing.
    expect(emulator.snapshot()).toEqual(before);
  });
});

// Without the roles of Azure beside the repository there is nothing to sample.
describe.skipIf(!isThere)('a sample of all built-in roles of Azure', () => {
  test('as custom roles, everything that the emulator serves', { timeout: 240_000 }, async () => {
    const all = JSON.parse(readFileSync(FILE, 'utf8')) as readonly Role[];
    const operations = ARM_TYPES.flatMap((type) => operationsOf(type, MISSING));
    const roles = sampleOf(all, operations);
    const emulator = await emulatorOf(roles, true);
    try {
      const { wrong, seen } = await check(
        emulator,
        roles,
        ({ roleName }) => `Sample ${roleName.replaceAll('/', '-')}`,
      );
      expect(wrong).toEqual([]);
      expect(seen.allowed).toBeGreaterThan(100);
      expect(seen.refused).toBeGreaterThan(1_000);
    } finally {
      await emulator.close();
    }
  });
});
