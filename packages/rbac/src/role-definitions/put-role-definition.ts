import type { RoleDefinition } from '@aml-auth/permissions';

import { authorizationPath, ROLE_DEFINITIONS_API_VERSION, type Arm } from '../arm/authorization-path.js';
import { parseRoleDefinition } from './parse-role-definition.js';
import { bodyOfDraft, type RoleDefinitionDraft } from './role-definition-draft.js';

/** A role definition to be written. */
export interface RoleDefinitionWrite {
  readonly scope: string;
  readonly id: string;
  readonly draft: RoleDefinitionDraft;
  readonly signal: AbortSignal | undefined;
}

/** Writes a role definition, with the api-version that keeps the conditions of its permissions. */
export async function putRoleDefinition(arm: Arm, write: RoleDefinitionWrite): Promise<RoleDefinition> {
  const { body } = await arm.request({
    method: 'PUT',
    path: authorizationPath(write.scope, 'roleDefinitions', write.id),
    apiVersion: ROLE_DEFINITIONS_API_VERSION,
    body: bodyOfDraft(write.draft),
    signal: write.signal,
  });
  return parseRoleDefinition(body);
}
