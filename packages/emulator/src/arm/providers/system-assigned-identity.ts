import { MANAGED_IDENTITY } from '../../core/arm-ids.js';
import { jsonAnswer } from '../../http/answer.js';
import { MANAGED_IDENTITY_VERSIONS } from '../api-versions.js';
import type { ArmType } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { trackedResources } from './resources/tracked-resources.js';

const TYPE = `${MANAGED_IDENTITY}/identities`;

/** `{resource}/providers/Microsoft.ManagedIdentity/identities/default`: its system-assigned identity. */
export const systemAssignedIdentity: ArmType = {
  type: TYPE,
  apiVersions: MANAGED_IDENTITY_VERSIONS,
  get({ call, path, tenantId }) {
    const { store } = call.world;
    const scope = path.scope.toLowerCase();
    const principal = store
      .list('servicePrincipals')
      .find((row) => row.tenantId === tenantId && row.resourceId?.toLowerCase() === scope);
    const isDefault = path.names[0]?.toLowerCase() === 'default';
    if (principal === undefined || !isDefault || scope.includes('/userassignedidentities/')) {
      const message = `The resource '${path.scope}' has no system-assigned identity.`;
      throw armRefusal(404, 'ResourceNotFound', message);
    }
    const resource = trackedResources(store).find(({ id }) => id.toLowerCase() === scope);
    return jsonAnswer(200, {
      id: `${resource?.id ?? path.scope}/providers/${TYPE}/default`,
      name: 'default',
      type: TYPE,
      ...(resource === undefined ? {} : { location: resource.location, tags: resource.tags }),
      properties: { tenantId, principalId: principal.id, clientId: principal.appId },
    });
  },
};
