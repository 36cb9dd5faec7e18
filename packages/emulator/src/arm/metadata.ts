import { jsonAnswer, plainError } from '../http/answer.js';
import { queryValue, type Call } from '../http/call.js';
import { virtualHostOf } from '../http/own-hosts.js';

/** The name of the emulated cloud. It must not be `AzureCloud`: clients have that one's addresses built in. */
export const CLOUD_NAME = 'AmlAuthEmulator';

/** Real addresses of services that the emulator does not have; clients want the fields to be there. */
const ELSEWHERE = {
  // azure-ai-ml takes the audience of Azure Machine Learning from the ending of this host.
  portal: 'https://portal.azure.com',
  gallery: 'https://gallery.azure.com/',
  batch: 'https://batch.core.windows.net/',
  media: 'https://rest.media.azure.net',
  sqlManagement: 'https://management.core.windows.net:8443/',
  vmImageAliasDoc:
    'https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json',
  activeDirectoryDataLake: 'https://datalake.azure.net/',
  logAnalyticsResourceId: 'https://api.loganalytics.io',
  ossrDbmsResourceId: 'https://ossrdbms-aad.database.windows.net',
  suffixes: {
    acrLoginServer: 'azurecr.io',
    attestationEndpoint: 'attest.azure.net',
    azureDataLakeAnalyticsCatalogAndJob: 'azuredatalakeanalytics.net',
    azureDataLakeStoreFileSystem: 'azuredatalakestore.net',
    keyVaultDns: 'vault.azure.net',
    sqlServerHostname: 'database.windows.net',
    storage: 'core.windows.net',
    storageSyncEndpointSuffix: 'afs.azure.net',
    synapseAnalytics: 'dev.azuresynapse.net',
  },
};

/** `GET /metadata/endpoints`: what the cloud is made of. One object, a list or the short form, by api-version. */
export function metadataService(call: Call): Response {
  if (call.method !== 'GET') return plainError(405, 'MethodNotAllowed', 'Use GET.', { allow: 'GET' });
  const version = queryValue(call, 'api-version') ?? '';
  if (version === '') {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.';
    return plainError(400, 'MissingApiVersionParameter', message);
  }
  const parts =
    virtualHostOf(call.world.hosts, new URL(call.origin).host) === undefined
      ? ownParts(call.origin)
      : PUBLIC_PARTS;
  if (version < '2018') return jsonAnswer(200, shortForm(parts));
  const cloud = describeCloud(parts);
  return jsonAnswer(200, version < '2022' ? [cloud] : cloud);
}

/** What of a cloud's description depends on where it is. */
interface CloudParts {
  readonly name: string;
  readonly login: string;
  /** The first one is what clients ask tokens for. */
  readonly audiences: readonly string[];
  readonly resourceManager: string;
  /** Azure AD Graph, which was retired; clients want the field. */
  readonly graph: string;
  readonly microsoftGraph: string;
}

function ownParts(origin: string): CloudParts {
  return {
    name: CLOUD_NAME,
    login: `${origin}/`,
    audiences: [origin, 'https://management.core.windows.net/', 'https://management.azure.com/'],
    resourceManager: `${origin}/`,
    graph: `${origin}/graph/`,
    microsoftGraph: `${origin}/graph/`,
  };
}

/** Azure's public cloud as it describes itself, for clients that come through the proxy. */
const PUBLIC_PARTS: CloudParts = {
  name: 'AzureCloud',
  login: 'https://login.microsoftonline.com',
  audiences: ['https://management.core.windows.net/', 'https://management.azure.com/'],
  resourceManager: 'https://management.azure.com/',
  graph: 'https://graph.windows.net/',
  microsoftGraph: 'https://graph.microsoft.com/',
};

function describeCloud(parts: CloudParts): Record<string, unknown> {
  return {
    ...ELSEWHERE,
    name: parts.name,
    authentication: {
      loginEndpoint: parts.login,
      audiences: parts.audiences,
      tenant: 'common',
      identityProvider: 'AAD',
    },
    resourceManager: parts.resourceManager,
    graph: parts.graph,
    graphAudience: parts.graph,
    microsoftGraphResourceId: parts.microsoftGraph,
  };
}

function shortForm({ login, audiences, graph }: CloudParts): Record<string, unknown> {
  return {
    galleryEndpoint: ELSEWHERE.gallery,
    graphEndpoint: graph,
    portalEndpoint: ELSEWHERE.portal,
    authentication: { loginEndpoint: login, audiences },
  };
}
