import type { Clock } from '@aml-auth/core';

import type {
  FederatedCredential,
  KeyCredential,
  PasswordCredential,
  Tenant,
} from '../core/directory-rows.js';
import { idFor } from '../core/ids.js';
import { readCertificate } from '../core/read-rsa-key.js';
import { hashSecret } from '../core/secret-hash.js';
import type { Store } from '../core/store.js';
import { addNew } from './add-new.js';
import type { SeedApp } from './emulator-seed.js';
import { EXCHANGE_AUDIENCE } from './exchange-audience.js';
import { invalidSeed } from './invalid-seed.js';
import { readSeedTime } from './seed-time.js';

/** Makes the ids of an application's parts. */
type MakeId = (part: string) => string;

/** Writes an application and its service principal. */
export function addApp(store: Store, tenant: Tenant, seed: SeedApp, clock: Clock): void {
  const made: MakeId = (part) => idFor('tenant', tenant.name, 'app', seed.name, part);
  const clientId = seed.clientId ?? made('client');
  const objectId = seed.objectId ?? made('application');
  const servicePrincipalId = seed.servicePrincipalId ?? made('servicePrincipal');
  const application = {
    id: objectId,
    tenantId: tenant.id,
    clientId,
    displayName: seed.name,
    isPublicClient: seed.public ?? false,
    redirectUris: redirectUris(seed),
    properties: properties(seed),
    tokenLifetime: seed.tokenLifetime ?? null,
    passwordCredentials: passwordCredentials(seed, made, clock),
    keyCredentials: keyCredentials(seed, made, clock),
    federatedCredentials: federatedCredentials(seed, made),
  };
  if (store.list('applications').some((app) => app.clientId === clientId && app.tenantId === tenant.id)) {
    throw invalidSeed(`There are two of app ${seed.name}.`);
  }
  addNew(store, 'applications', objectId, application, `app ${seed.name}`);
  addNew(
    store,
    'servicePrincipals',
    servicePrincipalId,
    {
      id: servicePrincipalId,
      tenantId: tenant.id,
      appId: clientId,
      displayName: seed.name,
      servicePrincipalType: 'Application',
      resourceId: null,
    },
    `app ${seed.name}`,
  );
}

function redirectUris({
  redirectUris: given,
  spaRedirectUris = [],
  public: isPublic,
}: SeedApp): readonly string[] {
  const others = given ?? (isPublic === true ? ['http://localhost'] : []);
  return [...new Set([...others, ...spaRedirectUris])];
}

/** What Microsoft Graph shows of the application besides, and the token service reads. */
function properties({
  multiTenant,
  spaRedirectUris,
  tokenVersion,
}: SeedApp): Readonly<Record<string, unknown>> {
  return {
    ...(tokenVersion === undefined ? {} : { api: { requestedAccessTokenVersion: tokenVersion } }),
    ...(multiTenant === true ? { signInAudience: 'AzureADMultipleOrgs' } : {}),
    ...(spaRedirectUris === undefined ? {} : { spa: { redirectUris: spaRedirectUris } }),
  };
}

function passwordCredentials(seed: SeedApp, made: MakeId, clock: Clock): readonly PasswordCredential[] {
  return (seed.secrets ?? []).map(({ value, name = null, expires = '+180d' }, index) => {
    const keyId = made(`secret ${index}`);
    return {
      keyId,
      displayName: name,
      hint: value.slice(0, 3),
      hash: hashSecret(keyId, value),
      endsAt: readSeedTime(expires, clock),
    };
  });
}

function keyCredentials(seed: SeedApp, made: MakeId, clock: Clock): readonly KeyCredential[] {
  return (seed.certificates ?? []).map((entry, index) => {
    const { pem, name = null, expires } = typeof entry === 'string' ? { pem: entry } : entry;
    const facts = readCertificate(pem);
    if (facts === undefined) throw invalidSeed(`Certificate ${index} of app ${seed.name} cannot be read.`);
    return {
      ...facts,
      keyId: made(`certificate ${index}`),
      displayName: name,
      ...(expires === undefined ? {} : { endsAt: readSeedTime(expires, clock) }),
    };
  });
}

function federatedCredentials(seed: SeedApp, made: MakeId): readonly FederatedCredential[] {
  const rows = (seed.federated ?? []).map((credential, index) => ({
    id: made(`federated ${index}`),
    name: credential.name ?? `federated-${index}`,
    issuer: credential.issuer,
    subject: credential.subject,
    audience: credential.audience ?? EXCHANGE_AUDIENCE,
  }));
  const pairs = new Set(rows.map(({ issuer, subject }) => JSON.stringify([issuer, subject])));
  if (pairs.size < rows.length) {
    throw invalidSeed(
      `App ${seed.name} has two federated credentials with the same issuer and subject; Microsoft Entra ID allows one.`,
    );
  }
  return rows;
}
