import { AmlAuthError } from '@aml-auth/core';
import type { WorkspaceProperties } from '@aml-auth/rest';

import type { GrantWish } from './grant-wish.js';

/** What a workspace keeps beside itself: data and secrets that its own roles do not reach. */
export type Dependent = 'storage' | 'keyVault' | 'registry' | 'insights';

/** How much of a dependent is shared: to read, to read and write, or the role itself by GUID or name. */
export type DependentAccess =
  | 'read'
  | 'write'
  /** This role, by GUID or name. */
  | { readonly role: string };

/** Which dependents are shared: all of them alike, or each as it is named, and no others. */
export type DependentsAccess = 'read' | 'write' | Readonly<Partial<Record<Dependent, DependentAccess>>>;

/** Property of the workspace that names the dependent. */
const PROPERTIES: Readonly<Record<Dependent, keyof WorkspaceProperties>> = {
  storage: 'storageAccount',
  keyVault: 'keyVault',
  registry: 'containerRegistry',
  insights: 'applicationInsights',
};

const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

/** Built-in roles by GUID. */
const ROLES: Readonly<Record<Dependent, Readonly<Record<'read' | 'write', readonly string[]>>>> = {
  storage: {
    // Storage Blob Data Reader
    read: ['2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'],
    // Storage Blob Data Contributor, and Storage File Data Privileged Contributor for notebooks.
    write: ['ba92f5b4-2d11-453d-a403-e96b0029c9fe', '69566ab7-960f-475b-8e7c-b3118f30c6bd'],
  },
  keyVault: {
    // Key Vault Secrets User, Key Vault Secrets Officer
    read: ['4633458b-17de-408a-b874-0445c86b69e6'],
    write: ['b86a8fe4-44ce-4948-aee5-eccb2c155cd7'],
  },
  registry: {
    // AcrPull; AcrPush, which pulls as well.
    read: ['7f951dda-4ed3-4680-a7ca-43fe172d538d'],
    write: ['8311e382-0749-4cb8-b61a-304f252e45ec'],
  },
  // Telemetry is written by what runs, not by people.
  insights: { read: [READER], write: [READER] },
};

const ALL = Object.keys(PROPERTIES) as readonly Dependent[];

/** The wishes for a workspace's dependents, and those that it does not have. */
export interface DependentWishes {
  readonly wishes: readonly GrantWish[];
  readonly lacking: readonly Dependent[];
}

/**
 * Which roles at which dependents are meant. A dependent that is named and that the workspace does not have is an
 * error; of `read` and `write` for all, it is left out.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an access that is none; `AML_NOT_FOUND`
 */
export function dependentWishes(properties: WorkspaceProperties, access: DependentsAccess): DependentWishes {
  const isForAll = typeof access === 'string';
  const named: readonly (readonly [Dependent, DependentAccess])[] = isForAll
    ? ALL.map((dependent) => [dependent, access] as const)
    : (Object.entries(access) as [Dependent, DependentAccess][]);
  const wishes: GrantWish[] = [];
  const lacking: Dependent[] = [];
  for (const [dependent, level] of named) {
    const roles = rolesOf(dependent, level);
    const scope = properties[PROPERTIES[dependent]];
    if (typeof scope === 'string' && scope !== '') wishes.push(...roles.map((role) => ({ scope, role })));
    else lacking.push(dependent);
  }
  if (!isForAll && lacking.length > 0) throw notThere(lacking);
  return { wishes, lacking };
}

function rolesOf(dependent: Dependent, access: DependentAccess): readonly string[] {
  const levels = Object.hasOwn(ROLES, dependent) ? ROLES[dependent] : undefined;
  if (levels !== undefined) {
    if (access === 'read' || access === 'write') return levels[access];
    if (typeof access === 'object' && typeof access.role === 'string') return [access.role];
  }
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `dependents.${dependent} ${JSON.stringify(access)} is not an access to a dependent of a workspace.`,
    remedy: `Give 'read', 'write' or { role } for ${ALL.join(', ')}.`,
  });
}

function notThere(lacking: readonly Dependent[]): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: `The workspace has no ${lacking.join(' and no ')}.`,
    remedy:
      'Leave it out of dependents. A workspace gets a container registry when it builds its first image.',
  });
}
