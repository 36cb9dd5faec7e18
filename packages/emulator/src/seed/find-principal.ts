import { isGuid } from '@aml-auth/core';

import type { ServicePrincipal } from '../core/directory-rows.js';
import { principalTypeOf } from '../core/principals.js';
import type { Store } from '../core/store.js';
import { findCompute } from './find-compute.js';
import { findEndpoint } from './find-endpoint.js';
import { findIdentity } from './find-identity.js';
import { invalidSeed } from './invalid-seed.js';

/** `alice@contoso` is short for `alice@contoso.onmicrosoft.com`. */
export function fullUpn(upn: string): string {
  const [user = '', domain = ''] = upn.split('@');
  return domain.includes('.') ? upn : `${user}@${domain}.onmicrosoft.com`;
}

/**
 * The object id behind `app:{name}`, `user:{upn}`, `group:{name}`, `identity:{name}`,
 * `compute:{workspace}/{name}`, `endpoint:{name}`, `host:{name}`, a bare user principal name or an object id, in one tenant.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where there is none
 */
export function findPrincipal(store: Store, tenantId: string, principal: string): string {
  const id = lookUp(store, tenantId, principal);
  if (id !== undefined) return id;
  throw invalidSeed(
    `There is no principal ${principal} in the tenant. Write app:{name}, user:{upn}, group:{name}, identity:{name}, compute:{workspace}/{name}, endpoint:{name}, host:{name} or an object id.`,
  );
}

function lookUp(store: Store, tenantId: string, principal: string): string | undefined {
  if (isGuid(principal)) {
    const id = principal.toLowerCase();
    return principalTypeOf(store, tenantId, id) === undefined ? undefined : id;
  }
  const [, kind = 'user', name = ''] =
    /^(?:(app|user|group|identity|compute|endpoint|host):)?(.+)$/.exec(principal) ?? [];
  const isHere = (row: { readonly tenantId: string }): boolean => row.tenantId === tenantId;
  if (kind === 'identity') return findIdentity(store, tenantId, name).principalId;
  if (kind === 'compute') return findCompute(store, name).identity.principalId ?? undefined;
  if (kind === 'endpoint') return findEndpoint(store, name)?.identity?.principalId ?? undefined;
  if (kind === 'host') return systemIdentityOfHost(store, name)?.id;
  if (kind === 'app') {
    return store.list('servicePrincipals').find((row) => isHere(row) && row.displayName === name)?.id;
  }
  if (kind === 'group')
    return store.list('groups').find((row) => isHere(row) && row.displayName === name)?.id;
  const upn = fullUpn(name).toLowerCase();
  return store.list('users').find((row) => isHere(row) && row.userPrincipalName.toLowerCase() === upn)?.id;
}

function systemIdentityOfHost(store: Store, name: string): ServicePrincipal | undefined {
  const host = store.get('hosts', name);
  return host?.principalIds
    .map((id) => store.get('servicePrincipals', id))
    .find((row) => row?.resourceId === host.resourceId);
}
