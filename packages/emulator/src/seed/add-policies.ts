import { isGuid, type Clock } from '@aml-auth/core';

import { DIRECTORY_ROLES } from '../core/directory-roles.js';
import { idFor } from '../core/ids.js';
import { principalTypeOf } from '../core/principals.js';
import type { Store } from '../core/store.js';
import { resourceAppIds } from '../entra/resources.js';
import { readPolicy } from '../graph/resources/read-policy.js';
import { Refusal } from '../http/answer.js';
import { addNew } from './add-new.js';
import type { SeedTenant } from './emulator-seed.js';
import { findPrincipal } from './find-principal.js';
import { invalidSeed } from './invalid-seed.js';
import type { SeedGraphPolicy, SeedPolicy } from './seed-policy.js';

/** Writes the Conditional Access policies of a tenant. Whom they name must be there. */
export function addPolicies(store: Store, seed: SeedTenant, clock: Clock): void {
  const tenantId = seed.id ?? idFor('tenant', seed.name);
  for (const entry of seed.conditionalAccess ?? []) {
    const { id: given, ...policy } =
      'displayName' in entry ? entry : { id: undefined, ...expand(store, tenantId, entry) };
    const { displayName } = policy;
    const id = given?.toLowerCase() ?? idFor('tenant', seed.name, 'policy', displayName);
    const what = `Conditional Access policy ${displayName}`;
    const row = { id, tenantId, createdAt: clock.now(), modifiedAt: null, policy: checked(policy, what) };
    addNew(store, 'conditionalAccessPolicies', id, row, what);
  }
}

function checked(policy: SeedGraphPolicy, what: string): Readonly<Record<string, unknown>> {
  try {
    return readPolicy({ ...policy });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw invalidSeed(
      `Microsoft Graph would not take the ${what}: it needs conditions.applications, conditions.users or conditions.clientApplications, known clientAppTypes, and grantControls with an operator and known controls, or sessionControls.`,
    );
  }
}

const STATES = {
  enabled: 'enabled',
  disabled: 'disabled',
  'report-only': 'enabledForReportingButNotEnforced',
} as const;

/** The long form of a short policy. */
function expand(store: Store, tenantId: string, entry: SeedPolicy): SeedGraphPolicy {
  const { name, state = 'enabled', users, apps, grant, signInFrequency, exclude = [] } = entry;
  const places = placesOf(store, tenantId, entry);
  const included = users.map((user) => subjectOf(store, tenantId, user));
  const excluded = exclude.map((user) => subjectOf(store, tenantId, user));
  const isForApplications = included.some(({ kind }) => kind === 'ServicePrincipals');
  if ([...included, ...excluded].some(({ kind }) => (kind === 'ServicePrincipals') !== isForApplications)) {
    throw invalidSeed(
      `The Conditional Access policy ${name} is for people and for applications: make it two.`,
    );
  }
  const pick = (list: readonly Subject[], kind: Subject['kind']): readonly string[] =>
    list.filter((subject) => subject.kind === kind).map(({ id }) => id);
  const of = (kind: Subject['kind']): Record<string, readonly string[]> => ({
    [`include${kind}`]: pick(included, kind),
    [`exclude${kind}`]: pick(excluded, kind),
  });
  return {
    displayName: name,
    state: STATES[state],
    conditions: {
      clientAppTypes: ['all'],
      applications: targets(store, tenantId, apps),
      ...(places === undefined ? {} : { locations: places }),
      ...(isForApplications
        ? { clientApplications: of('ServicePrincipals') }
        : { users: { ...of('Users'), ...of('Groups'), ...of('Roles') } }),
    },
    grantControls: grant === undefined ? null : { operator: 'AND', builtInControls: [grant].flat() },
    sessionControls: signInFrequency === undefined ? null : { signInFrequency: frequency(signInFrequency) },
  };
}

function placesOf(
  store: Store,
  tenantId: string,
  { locations, exceptLocations = [] }: SeedPolicy,
): Record<string, readonly string[]> | undefined {
  if (locations === undefined && exceptLocations.length === 0) return undefined;
  const idOf = (name: string): string => locationOf(store, tenantId, name);
  return {
    includeLocations: (locations ?? ['all']).map(idOf),
    excludeLocations: exceptLocations.map(idOf),
  };
}

function locationOf(store: Store, tenantId: string, name: string): string {
  if (name === 'all') return 'All';
  if (name === 'trusted') return 'AllTrusted';
  const row = store
    .list('namedLocations')
    .find((location) => location.tenantId === tenantId && location.displayName === name);
  if (row !== undefined) return row.id;
  throw invalidSeed(
    `A Conditional Access policy names the location ${name}. Write all, trusted or the name of one of namedLocations.`,
  );
}

/** Resources, or authentication contexts as `context:c1`. */
function targets(store: Store, tenantId: string, apps: readonly string[]): Record<string, readonly string[]> {
  const contexts = apps.filter((app) => app.startsWith('context:')).map((app) => app.slice(8));
  if (contexts.length > 0 && contexts.length < apps.length) {
    throw invalidSeed(
      `A Conditional Access policy is for ${apps.join(', ')}: contexts and resources cannot stand together, make it two.`,
    );
  }
  return contexts.length > 0
    ? { includeAuthenticationContextClassReferences: contexts }
    : { includeApplications: apps.map((app) => applicationOf(store, tenantId, app)) };
}

function frequency(text: string): Record<string, unknown> {
  if (text === 'every-time') return { isEnabled: true, frequencyInterval: 'everyTime' };
  const type = text.endsWith('d') ? 'days' : 'hours';
  return { isEnabled: true, frequencyInterval: 'timeBased', type, value: Number.parseInt(text, 10) };
}

interface Subject {
  readonly kind: 'Users' | 'Groups' | 'Roles' | 'ServicePrincipals';
  readonly id: string;
}

function subjectOf(store: Store, tenantId: string, name: string): Subject {
  if (name === 'all') return { kind: 'Users', id: 'All' };
  if (name.startsWith('role:')) {
    const role = DIRECTORY_ROLES.get(name.slice(5));
    if (role === undefined) throw invalidSeed(`There is no directory role ${name.slice(5)}.`);
    return { kind: 'Roles', id: role };
  }
  const id = findPrincipal(store, tenantId, name);
  const kinds = { User: 'Users', Group: 'Groups' } as const;
  const type = principalTypeOf(store, tenantId, id);
  return { kind: type === 'User' || type === 'Group' ? kinds[type] : 'ServicePrincipals', id };
}

const RESOURCES: ReadonlyMap<string, string> = new Map([
  ['arm', 'https://management.azure.com'],
  ['graph', 'https://graph.microsoft.com'],
  ['machine-learning', 'https://ml.azure.com'],
]);

function applicationOf(store: Store, tenantId: string, name: string): string {
  if (name === 'all') return 'All';
  if (isGuid(name)) return name.toLowerCase();
  const service = RESOURCES.get(name);
  // The port does not matter to addresses of Microsoft.
  if (service !== undefined) return resourceAppIds({ port: 0 }, service)[0] ?? '';
  const app = store
    .list('applications')
    .find((row) => row.tenantId === tenantId && `app:${row.displayName}` === name);
  if (app !== undefined) return app.clientId;
  throw invalidSeed(
    `A Conditional Access policy names the resource ${name}. Write all, arm, graph, machine-learning, app:{name}, an application id or context:{c1}.`,
  );
}
