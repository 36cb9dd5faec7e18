import { entraErrorBody, type EntraErrorBody } from '../entra/entra-refusal.js';
import { findResource } from '../entra/resources.js';
import type { HostContext } from './host-context.js';

/** AADSTS500011 where nobody in the tenant goes by that resource; each protocol has a form of its own for it. */
export function unknownResource({ call, host }: HostContext, resource: string): EntraErrorBody | undefined {
  if (findResource(call.world.hosts, resource) !== undefined) return undefined;
  const tenant = call.world.store.get('tenants', host.tenantId)?.name ?? '';
  return entraErrorBody(call, 500011, { resource, tenant });
}
