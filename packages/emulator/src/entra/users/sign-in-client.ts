import { isGuid } from '@aml-auth/core';

import type { Application, Tenant } from '../../core/directory-rows.js';
import { isObject } from '../../core/json.js';
import type { Call } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';

/** An application as far as it signs users in. */
export interface SignInClient {
  readonly clientId: string;
  readonly displayName: string;
  readonly isPublic: boolean;
  readonly redirectUris: readonly string[];
  /** Seconds; null for the default. */
  readonly tokenLifetime: number | null;
  /** Microsoft's own: needs no consent, and exists in every tenant. */
  readonly isFirstParty: boolean;
  /** Whether users of other tenants may use it, and `/common`. */
  readonly isMultiTenant: boolean;
  /** Those of {@link redirectUris} that belong to single-page applications. */
  readonly spaRedirectUris: readonly string[];
  /** Whether its refresh tokens serve the other clients of the family too. */
  readonly isFamily: boolean;
}

const FAMILY: Readonly<Record<string, string>> = {
  '04b07795-8ddb-461a-bbee-02f9e1bf7b46': 'Microsoft Azure CLI',
  '1950a258-227b-4e31-a9cf-717495945fc2': 'Microsoft Azure PowerShell',
  '872cd9fa-d31f-45e0-9eab-6e460a02d1f1': 'Visual Studio',
  'aebc6443-996d-45c2-90f0-388ff96faa56': 'Visual Studio Code',
};

const FIRST_PARTY: Readonly<Record<string, string>> = {
  ...FAMILY,
  'cb2ff863-7f30-4ced-ab89-a00194bcf6d9': 'Azure AI Studio App',
  'd7304df8-741f-47d3-9bc2-df0e24e2071f': 'Azure Machine Learning Workbench Web App',
};

const FIRST_PARTY_REDIRECTS = [
  'http://localhost',
  'http://127.0.0.1',
  'https://login.microsoftonline.com/common/oauth2/nativeclient',
  'urn:ietf:wg:oauth:2.0:oob',
];

/** The name of one of Microsoft's own applications; undefined for others. */
export function firstPartyName(clientId: string): string | undefined {
  const id = clientId.toLowerCase();
  return Object.hasOwn(FIRST_PARTY, id) ? FIRST_PARTY[id] : undefined;
}

/**
 * The client with that id: one of Microsoft's, or an application of the tenant.
 *
 * @param tenant - undefined for `/common` and its like: an application of any tenant
 * @throws a refusal: AADSTS900144, 700038, 700016
 */
export function findSignInClient(call: Call, tenant: Tenant | undefined, clientId: string): SignInClient {
  if (clientId === '') throw entraRefusal(900144, { parameter: 'client_id' });
  if (!isGuid(clientId)) throw entraRefusal(700038, { client: clientId });
  const client = lookUpSignInClient(call, tenant, clientId);
  if (client === undefined) {
    throw entraRefusal(700016, { client: clientId, tenant: tenant?.name ?? call.segments[0] ?? '' });
  }
  return client;
}

function lookUpSignInClient(
  call: Call,
  tenant: Tenant | undefined,
  clientId: string,
): SignInClient | undefined {
  const id = clientId.toLowerCase();
  const firstParty = FIRST_PARTY[id];
  if (firstParty !== undefined) {
    return {
      clientId: id,
      displayName: firstParty,
      isPublic: true,
      redirectUris: FIRST_PARTY_REDIRECTS,
      tokenLifetime: null,
      isFirstParty: true,
      isMultiTenant: true,
      spaRedirectUris: [],
      isFamily: id in FAMILY,
    };
  }
  const application = call.world.store.replica
    .list('applications')
    .find((app) => app.clientId === id && (tenant === undefined || app.tenantId === tenant.id));
  return application === undefined ? undefined : toSignInClient(application);
}

/** A registered application as a {@link SignInClient}. */
function toSignInClient(application: Application): SignInClient {
  const { clientId, displayName, isPublicClient, redirectUris, tokenLifetime, properties } = application;
  const spa = properties?.['spa'];
  const uris = isObject(spa) ? spa['redirectUris'] : [];
  return {
    clientId,
    displayName,
    isPublic: isPublicClient,
    redirectUris,
    tokenLifetime,
    isFirstParty: false,
    isMultiTenant: isMultiTenant(properties?.['signInAudience']),
    spaRedirectUris: Array.isArray(uris) ? uris.map(String) : [],
    isFamily: false,
  };
}

function isMultiTenant(audience: unknown): boolean {
  return typeof audience === 'string' && audience !== 'AzureADMyOrg';
}
