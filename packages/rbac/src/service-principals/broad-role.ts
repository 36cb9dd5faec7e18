import { actionMatches, parseScope, type PermissionEntry, type RoleDefinition } from '@aml-auth/permissions';

import type { KeyCredential } from './credential.js';

/** Something that was done as asked and is dangerous all the same. */
export interface RbacWarning {
  /**
   * `broad-role`: a principal with a secret may change access, or everything of some kind; `wide-scope`: its role
   * counts for a whole subscription or more.
   */
  readonly code: 'broad-role' | 'wide-scope';
  /** What is dangerous, in a sentence. */
  readonly message: string;
  /** What would be safer, in a sentence. */
  readonly remedy: string;
}

/** Whoever may write role assignments can get everything else. */
const CHANGES_ACCESS = 'Microsoft.Authorization/roleAssignments/write';

/**
 * What is dangerous about a role in the hands of a principal that has a secret: a secret is copied, and whoever has
 * the copy may do what the role allows.
 */
export function broadRoleWarnings(role: RoleDefinition, scope: string): readonly RbacWarning[] {
  const reach = reachOf(role);
  const { level } = parseScope(scope);
  const isWide = level !== 'resourceGroup' && level !== 'resource';
  const remedy =
    'Use a federated credential or certificate in place of the secret, or a narrower role at the workspace.';
  return [
    ...(reach === undefined
      ? []
      : [
          {
            code: 'broad-role' as const,
            message: `"${role.roleName}" at ${scope} ${reach}, and the principal has a secret, which can be copied.`,
            remedy,
          },
        ]),
    ...(isWide && !isReadOnly(role)
      ? [
          {
            code: 'wide-scope' as const,
            message: `"${role.roleName}" counts for all of ${scope}, and the principal has a secret, which can be copied.`,
            remedy,
          },
        ]
      : []),
  ];
}

/** Whether an application has a secret that somebody may use now. */
export function hasLiveSecret(credentials: readonly KeyCredential[], now: number): boolean {
  return credentials.some(({ kind, endsAt }) => kind === 'secret' && (endsAt ?? Infinity) > now);
}

function reachOf({ permissions }: RoleDefinition): string | undefined {
  if (permissions.some((entry) => grants(entry, CHANGES_ACCESS))) return 'may change who has access';
  const isBroad = permissions.some(({ actions }) =>
    actions.some((action) => action.trim().startsWith('*') && !/^\*\/read\s*$/i.test(action)),
  );
  return isBroad ? 'reaches every kind of resource' : undefined;
}

function grants({ actions, notActions }: PermissionEntry, action: string): boolean {
  const matches = (pattern: string): boolean => actionMatches(pattern, action);
  return actions.some(matches) && !notActions.some(matches);
}

function isReadOnly({ permissions }: RoleDefinition): boolean {
  return permissions.every(({ actions, dataActions }) =>
    [...actions, ...dataActions].every((action) => /\/read\s*$/i.test(action)),
  );
}
