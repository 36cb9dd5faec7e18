import type { Application, KeyCredential, PasswordCredential } from '../../core/directory-rows.js';
import type { Store } from '../../core/store.js';
import { isoTime } from '../iso-time.js';

/** An application as Microsoft Graph shows it. Never a secret, and no key of a certificate. */
export function presentApplication(row: Application, store: Store): Record<string, unknown> {
  return {
    id: row.id,
    deletedDateTime: null,
    appId: row.clientId,
    createdDateTime: isoTime(row.createdAt),
    description: null,
    displayName: row.displayName,
    groupMembershipClaims: null,
    identifierUris: [],
    isDeviceOnlyAuthSupported: null,
    isFallbackPublicClient: row.isPublicClient,
    notes: null,
    optionalClaims: null,
    publisherDomain: store.get('tenants', row.tenantId)?.domains[0] ?? null,
    serviceManagementReference: null,
    signInAudience: 'AzureADMyOrg',
    tags: [],
    uniqueName: row.uniqueName ?? null,
    api: {},
    appRoles: [],
    info: {},
    keyCredentials: row.keyCredentials.map(presentKey),
    passwordCredentials: row.passwordCredentials.map(presentPassword),
    publicClient: { redirectUris: row.isPublicClient ? row.redirectUris : [] },
    requiredResourceAccess: [],
    spa: { redirectUris: [] },
    web: { redirectUris: row.isPublicClient ? [] : row.redirectUris },
    ...row.properties,
  };
}

/** A client secret as Microsoft Graph shows it: without the secret. */
export function presentPassword(credential: PasswordCredential): Record<string, unknown> {
  return {
    customKeyIdentifier: null,
    displayName: credential.displayName,
    endDateTime: isoTime(credential.endsAt),
    hint: credential.hint,
    keyId: credential.keyId,
    secretText: null,
    startDateTime: isoTime(credential.startsAt),
  };
}

function presentKey(credential: KeyCredential): Record<string, unknown> {
  return {
    customKeyIdentifier: credential.thumbprint,
    displayName: credential.displayName,
    endDateTime: isoTime(credential.endsAt),
    key: null,
    keyId: credential.keyId,
    startDateTime: isoTime(credential.startsAt),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
  };
}
