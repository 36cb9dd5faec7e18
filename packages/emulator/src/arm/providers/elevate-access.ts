import { hasDirectoryRole } from '../../core/has-directory-role.js';
import { emptyAnswer } from '../../http/answer.js';
import { AUTHORIZATION_VERSIONS } from '../api-versions.js';
import type { ArmType } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { assignRole } from './assign-role.js';

const TYPE = 'Microsoft.Authorization/elevateAccess';
const USER_ACCESS_ADMINISTRATOR = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9';

/**
 * `POST /providers/Microsoft.Authorization/elevateAccess`: makes a Global Administrator of the directory
 * User Access Administrator at the root. A directory role gives the right, not Azure RBAC.
 */
export const elevateAccess: ArmType = {
  type: TYPE,
  apiVersions: AUTHORIZATION_VERSIONS,
  gate(context) {
    const { call, caller } = context;
    const decision = `action=${TYPE}/action; scope=/`;
    if (hasDirectoryRole(call.world.store, caller.objectId, 'Global Administrator')) {
      return `allow; ${decision}; directory-role=Global Administrator`;
    }
    const message = `The client '${caller.name}' with object id '${caller.objectId}' does not have authorization to perform action '${TYPE}/action' over scope '/' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
    throw armRefusal(403, 'AuthorizationFailed', message, {
      'x-emu-decision': `deny; ${decision}; it needs the directory role Global Administrator`,
    });
  },
  post(context) {
    assignRole(context, USER_ACCESS_ADMINISTRATOR, '/');
    return emptyAnswer(200);
  },
};
