import type { Tenant } from '../../core/directory-rows.js';
import { checkId } from '../find-row.js';
import { entityAnswer, listAnswer } from '../graph-answer.js';
import type { GraphContext, GraphRoutes } from '../graph-context.js';
import { objectNotFound } from '../graph-refusal.js';

/** `/organization`: the caller's tenant. */
export const organizationRoutes: GraphRoutes = {
  'GET organization': {
    operation: 'organization.read',
    handler: (context) => listAnswer(context, 'organization', [present(tenantOf(context))]),
  },
  'GET organization/{}': {
    operation: 'organization.read',
    handler(context) {
      const id = checkId(context.ids[0] ?? '');
      if (id !== context.tenantId) throw objectNotFound(id);
      return entityAnswer(context, 200, 'organization', present(tenantOf(context)));
    },
  },
};

function tenantOf({ call, tenantId }: GraphContext): Tenant {
  const tenant = call.world.store.get('tenants', tenantId);
  if (tenant === undefined) throw objectNotFound(tenantId);
  return tenant;
}

function present({ id, name, domains }: Tenant): Record<string, unknown> {
  return {
    id,
    displayName: name,
    tenantType: 'AAD',
    verifiedDomains: domains.map((domain, index) => ({
      capabilities: 'Email, OfficeCommunicationsOnline',
      isDefault: index === 0,
      isInitial: index === 0,
      name: domain,
      type: 'Managed',
    })),
  };
}
