import type { ServicePrincipal } from '../../core/directory-rows.js';
import type { Store } from '../../core/store.js';

/** A service principal as Microsoft Graph shows it. */
export function presentServicePrincipal(row: ServicePrincipal, store: Store): Record<string, unknown> {
  const application = store
    .list('applications')
    .find(({ clientId, tenantId }) => clientId === row.appId && tenantId === row.tenantId);
  const uris = application?.properties?.['identifierUris'];
  return {
    id: row.id,
    deletedDateTime: null,
    accountEnabled: row.accountEnabled ?? true,
    alternativeNames: row.resourceId === null ? [] : ['isExplicit=True', row.resourceId],
    appDisplayName: row.displayName,
    appId: row.appId,
    appOwnerOrganizationId: application?.tenantId ?? null,
    appRoleAssignmentRequired: row.assignmentRequired ?? false,
    appRoles: [],
    displayName: row.displayName,
    keyCredentials: [],
    passwordCredentials: [],
    servicePrincipalNames: [row.appId, ...(Array.isArray(uris) ? (uris as readonly string[]) : [])],
    servicePrincipalType: row.servicePrincipalType,
    signInAudience: 'AzureADMyOrg',
    tags: [],
  };
}
