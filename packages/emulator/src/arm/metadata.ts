import { jsonAnswer, plainError } from '../http/answer.js';
import { queryValue, type Call } from '../http/call.js';

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
  const { origin } = call;
  if (version < '2018') return jsonAnswer(200, shortForm(origin));
  const cloud = describeCloud(origin);
  return jsonAnswer(200, version < '2022' ? [cloud] : cloud);
}

function describeCloud(origin: string): Record<string, unknown> {
  return {
    ...ELSEWHERE,
    name: CLOUD_NAME,
    authentication: {
      loginEndpoint: `${origin}/`,
      // The first one is what clients ask tokens for.
      audiences: [origin, 'https://management.core.windows.net/', 'https://management.azure.com/'],
      tenant: 'common',
      identityProvider: 'AAD',
    },
    resourceManager: `${origin}/`,
    graph: `${origin}/graph/`,
    graphAudience: `${origin}/graph/`,
    microsoftGraphResourceId: `${origin}/graph/`,
  };
}

function shortForm(origin: string): Record<string, unknown> {
  return {
    galleryEndpoint: ELSEWHERE.gallery,
    graphEndpoint: `${origin}/graph/`,
    portalEndpoint: ELSEWHERE.portal,
    authentication: {
      loginEndpoint: `${origin}/`,
      audiences: [origin, 'https://management.core.windows.net/', 'https://management.azure.com/'],
    },
  };
}
