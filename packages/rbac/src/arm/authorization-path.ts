import type { ArmClient } from '@aml-auth/rest';

/** The part of an `ArmClient` that this package uses. */
export type Arm = Pick<ArmClient, 'request' | 'list'>;

/** The first stable api-version with conditions on role assignments. */
export const AUTHORIZATION_API_VERSION = '2022-04-01';

/** Of the api-versions, only this one tells the conditions of role definitions' permissions. */
export const ROLE_DEFINITIONS_API_VERSION = '2022-05-01-preview';

/** The kinds of object that this package reads and writes. */
export type AuthorizationType = 'roleDefinitions' | 'roleAssignments' | 'denyAssignments';

/**
 * The path of a collection or an object of Microsoft.Authorization.
 *
 * @param scope - without a trailing slash; `/` for the root
 */
export function authorizationPath(scope: string, type: AuthorizationType, name?: string): string {
  const collection = `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/${type}`;
  return name === undefined ? collection : `${collection}/${name}`;
}
