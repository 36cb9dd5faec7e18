import * as z from 'zod';
import { optional } from '../optional.js';
import { parseLeniently } from '../parse-leniently.js';
import type { Transport } from '../transport.js';

/** A tenant of Microsoft Entra ID. Fields that are not listed here are kept at run time. */
export interface Tenant {
  /** `/tenants/<tenantId>` */
  readonly id: string;
  /** Its id (GUID). */
  readonly tenantId: string;
  /** The name that people see; left out for tenants where the caller is a guest that may not read it. */
  readonly displayName?: string | undefined;
  /** Such as `contoso.com`. */
  readonly defaultDomain?: string | undefined;
}

/** Tenants. */
export interface TenantOperations {
  /** The tenants that the caller belongs to, as a guest too, page by page. */
  list(options?: {
    readonly signal?: AbortSignal | undefined;
    readonly limit?: number | undefined;
  }): AsyncIterable<Tenant>;
}

const tenant: z.ZodType<Tenant> = z.looseObject({
  id: z.string().min(1),
  tenantId: z.string().min(1),
  displayName: optional(z.string()),
  defaultDomain: optional(z.string()),
});

/** Operations on tenants over a transport. */
export function tenantOperations(transport: Transport): TenantOperations {
  const { apiVersion, onDrift } = transport;
  return {
    async *list(options = {}) {
      for await (const item of transport.list({ path: '/tenants', apiVersion, ...options })) {
        yield parseLeniently(tenant, item, 'tenant', onDrift);
      }
    },
  };
}
