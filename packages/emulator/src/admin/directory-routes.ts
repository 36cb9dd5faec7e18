import { builtInRoles } from '@aml-auth/permissions';

import { findRole } from '../arm/access.js';
import { DIRECTORY_ROLES } from '../core/directory-roles.js';
import type { Tenant, User } from '../core/directory-rows.js';
import type { Store } from '../core/store.js';
import { jsonAnswer } from '../http/answer.js';
import type { AdminRoutes } from './admin-context.js';

/** Who and what there is, to read; Microsoft Graph and Azure Resource Manager change it. */
export const directoryRoutes: AdminRoutes = {
  'GET directory': ({ store }) =>
    jsonAnswer(200, { value: store.list('tenants').map((tenant) => presentTenant(store, tenant)) }),
  'GET roles': ({ store }) => jsonAnswer(200, { value: presentRoles(store) }),
  'GET assignments': ({ store }) => jsonAnswer(200, { value: presentAssignments(store) }),
};

function presentTenant(store: Store, tenant: Tenant): Record<string, unknown> {
  const isHere = (row: { readonly tenantId: string }): boolean => row.tenantId === tenant.id;
  const principals = store.list('servicePrincipals').filter(isHere);
  return {
    ...tenant,
    users: store.list('users').filter(isHere).map(presentUser),
    groups: store
      .list('groups')
      .filter(isHere)
      .map(({ id, displayName, memberIds }) => ({
        id,
        displayName,
        members: memberIds.map((member) => nameOf(store, member)),
      })),
    applications: store
      .list('applications')
      .filter(isHere)
      .map((app) => ({
        id: app.id,
        clientId: app.clientId,
        displayName: app.displayName,
        isPublicClient: app.isPublicClient,
        servicePrincipalId: principals.find(({ appId }) => appId === app.clientId)?.id ?? null,
        graphPermissions: principals.find(({ appId }) => appId === app.clientId)?.graphPermissions ?? [],
        secrets: app.passwordCredentials.map(({ hint, endsAt, displayName }) => ({
          displayName,
          hint,
          endsAt: new Date(endsAt).toISOString(),
        })),
        certificates: app.keyCredentials.map(({ thumbprint, endsAt }) => ({
          thumbprint,
          endsAt: new Date(endsAt).toISOString(),
        })),
        federated: app.federatedCredentials.map(({ issuer, subject }) => ({ issuer, subject })),
      })),
    managedIdentities: principals
      .filter(({ servicePrincipalType }) => servicePrincipalType === 'ManagedIdentity')
      .map(({ id, appId, displayName, resourceId }) => ({ id, clientId: appId, displayName, resourceId })),
    conditionalAccess: store
      .list('conditionalAccessPolicies')
      .filter(isHere)
      .map(({ id, policy }) => ({ id, ...policy })),
  };
}

function presentUser(user: User): Record<string, unknown> {
  const names = [...DIRECTORY_ROLES];
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    displayName: user.displayName,
    mfa: user.mfa,
    canSignIn: user.passwordHash !== null && user.accountEnabled !== false,
    directoryRoles: (user.directoryRoles ?? []).map(
      (template) => names.find(([, id]) => id === template)?.[0] ?? template,
    ),
  };
}

/** Those of Azure, and those that somebody made. */
function presentRoles(store: Store): readonly Record<string, unknown>[] {
  return [...builtInRoles, ...store.list('roleDefinitions')].map(
    ({ id, roleName, roleType, description, assignableScopes, permissions }) => ({
      id,
      roleName,
      roleType,
      description,
      assignableScopes,
      permissions,
    }),
  );
}

function presentAssignments(store: Store): readonly Record<string, unknown>[] {
  const seen = new Set(store.replica.list('roleAssignments').map(({ id }) => id));
  return store.list('roleAssignments').map((row) => {
    const guid = row.roleDefinitionId.split('/').at(-1) ?? '';
    return {
      id: row.id,
      scope: row.scope,
      role: findRole(store, row.tenantId, guid)?.roleName ?? guid,
      principalId: row.principalId,
      principal: nameOf(store, row.principalId),
      principalType: row.principalType,
      condition: row.condition ?? null,
      // Written, and not seen by decisions as yet.
      isPending: !seen.has(row.id),
    };
  });
}

/** What people call an object of the directory; its id where it is gone. */
function nameOf(store: Store, id: string): string {
  return (
    store.get('users', id)?.userPrincipalName ??
    store.get('groups', id)?.displayName ??
    store.get('servicePrincipals', id)?.displayName ??
    id
  );
}
