import type { WorkspaceRef } from '@aml-auth/rest';

import type { Arm } from '../arm/authorization-path.js';
import type { PrincipalReference } from '../graph/resolve-principal.js';
import { dependentWishes, type DependentsAccess } from './dependent-roles.js';
import type { GrantWish } from './grant-wish.js';
import { dependentsOf, readSharedWorkspace, vaultWarning } from './read-shared-workspace.js';

/** Who gets which access to a workspace. */
export interface WorkspaceShare {
  /** Its names, or its resource id. */
  readonly workspace: WorkspaceRef | string;
  /**
   * Object id, application id, user principal name, name of a group … Needs `graph`, unless it is an object id with
   * its type, or a token.
   */
  readonly principal: PrincipalReference;
  /** GUID, resource id or name. Default AzureML Data Scientist. */
  readonly role?: string | undefined;
  /** Roles at the storage account, key vault, container registry and Application Insights. Default: none. */
  readonly dependents?: DependentsAccess | undefined;
}

/** AzureML Data Scientist. */
const DATA_SCIENTIST = 'f6c7c914-8db3-469d-8ca1-694a8f32e121';

/** What a share comes to. */
export interface ShareWishes {
  readonly wishes: readonly GrantWish[];
  readonly warnings: readonly string[];
}

/**
 * Which roles at which scopes a share means, and what may keep them from working.
 *
 * @throws {AmlAuthError} `AML_NOT_FOUND` for a workspace or a dependent that is not there; what the `ArmClient` throws
 */
export async function shareWishes(
  arm: Arm,
  share: WorkspaceShare,
  signal: AbortSignal | undefined,
): Promise<ShareWishes> {
  const workspace = await readSharedWorkspace(arm, share.workspace, signal);
  const own: GrantWish = { scope: workspace.id, role: share.role ?? DATA_SCIENTIST };
  if (share.dependents === undefined) return { wishes: [own], warnings: [] };
  const properties = await dependentsOf(arm, workspace, signal);
  const { wishes, lacking } = dependentWishes(properties, share.dependents);
  const { keyVault } = properties;
  const isVaultShared = wishes.some(({ scope }) => scope === keyVault);
  const warning =
    isVaultShared && keyVault !== undefined ? await vaultWarning(arm, keyVault, signal) : undefined;
  return {
    wishes: [own, ...wishes],
    warnings: [
      ...lacking.map((dependent) => `The workspace has no ${dependent}: nothing was shared there.`),
      ...(warning === undefined ? [] : [warning]),
    ],
  };
}
