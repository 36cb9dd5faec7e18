import { isGuid } from '@aml-auth/core';

import type { Application, Group, ServicePrincipal, User } from '../core/directory-rows.js';
import type { Tables } from '../core/tables.js';
import type { GraphContext } from './graph-context.js';
import { badRequest, objectNotFound } from './graph-refusal.js';

/*
 * Rows behind the ids of a path. Everything is looked for in the caller's tenant alone.
 * Each throws a refusal: 404 `Request_ResourceNotFound`, or 400 for what can be no id.
 */

/** By object id or user principal name. */
export function findUser({ call, tenantId }: GraphContext, key: string): User {
  const { store } = call.world;
  const row = isGuid(key)
    ? store.get('users', key)
    : store
        .list('users')
        .find((user) => isSameText(user.userPrincipalName, key) && user.tenantId === tenantId);
  return here(row, tenantId, key);
}

export function findGroup({ call, tenantId }: GraphContext, key: string): Group {
  return here(call.world.store.get('groups', checkId(key)), tenantId, key);
}

/** By object id, `appId='…'` or `uniqueName='…'`. */
export function findApplication(context: GraphContext, key: string): Application {
  const uniqueName = /^uniqueName='(.*)'$/i.exec(key)?.[1];
  if (uniqueName !== undefined) {
    const { call, tenantId } = context;
    const isIt = (row: Application): boolean => row.tenantId === tenantId && row.uniqueName === uniqueName;
    return here(call.world.store.list('applications').find(isIt), tenantId, uniqueName);
  }
  return findByAppId(context, 'applications', key, ({ clientId }) => clientId);
}

/** By object id, or `appId='…'`. */
export function findServicePrincipal(context: GraphContext, key: string): ServicePrincipal {
  return findByAppId(context, 'servicePrincipals', key, ({ appId }) => appId);
}

function findByAppId<T extends 'applications' | 'servicePrincipals'>(
  { call, tenantId }: GraphContext,
  table: T,
  key: string,
  appIdOf: (row: Tables[T]) => string,
): Tables[T] {
  const { store } = call.world;
  const appId = /^appId='(.*)'$/i.exec(key)?.[1];
  const row =
    appId === undefined
      ? store.get(table, checkId(key))
      : store.list(table).find((entry) => isSameText(appIdOf(entry), appId) && entry.tenantId === tenantId);
  return here(row, tenantId, appId ?? key);
}

/** An object id as the directory keeps it. */
export function checkId(key: string): string {
  if (isGuid(key)) return key.toLowerCase();
  throw badRequest(`Invalid object identifier '${key.slice(0, 200)}'.`);
}

function isSameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function here<T extends { readonly tenantId: string }>(row: T | undefined, tenantId: string, key: string): T {
  if (row?.tenantId === tenantId) return row;
  throw objectNotFound(key);
}
