import { RESOURCES_VERSIONS } from '../api-versions.js';
import type { ArmType } from '../arm-context.js';
import { listAnswer } from '../list-answer.js';

/** `/tenants`. A caller sees its own one: there are no guests. */
export const tenants: ArmType = {
  type: 'Microsoft.Resources/tenants',
  apiVersions: RESOURCES_VERSIONS,
  list: {
    rule: 'open',
    handler({ call, tenantId }) {
      const own = call.world.store.list('tenants').filter(({ id }) => id === tenantId);
      const items = own.map(({ id, name, domains }) => ({
        id: `/tenants/${id}`,
        tenantId: id,
        displayName: name,
        defaultDomain: domains[0],
        domains,
        tenantCategory: 'Home',
        tenantType: 'AAD',
      }));
      return listAnswer(call, items, '$skipToken');
    },
  },
};
