import { publicCloud, type Cloud } from './clouds.js';
import { AmlAuthError, isAmlAuthError } from './errors.js';
import { networkError } from './network-error.js';

/** How {@link fetchCloud} asks. */
export interface FetchCloudOptions {
  /** Which cloud of a list to take, where the document lists several. */
  readonly name?: string | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** Ends the request early; `fetchCloud` then rejects with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
  /** Default 15,000 milliseconds. */
  readonly timeLimitMs?: number | undefined;
}

/**
 * A custom cloud from the metadata document of Azure Resource Manager
 * (`GET {resourceManager}/metadata/endpoints?api-version=2022-09-01`). Reads the single object of
 * api-version 2022-09-01 and the list of 2019-05-01.
 *
 * @param document - the parsed JSON
 * @param metadataUrl - where it came from; names the Resource Manager where the document does not
 * @param name - which cloud of a list to take
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` for anything that does not describe a cloud over https
 */
export function cloudFromMetadata(document: unknown, metadataUrl: string, name?: string): Cloud {
  const entry = pick(document, name);
  const authentication = entry && isRecord(entry['authentication']) ? entry['authentication'] : undefined;
  if (entry === undefined || authentication === undefined) {
    throw invalid(
      metadataUrl,
      name === undefined ? 'it describes no single cloud' : `it does not list ${name}`,
    );
  }
  const origin = (value: unknown, field: string): string => httpsOrigin(value, field, metadataUrl);
  const resourceManager = origin(entry['resourceManager'] ?? metadataUrl, 'resourceManager');
  const portal = origin(entry['portal'] ?? 'https://portal.azure.com', 'portal');
  const graph = entry['microsoftGraphResourceId'] ?? entry['graphEndpoint'];
  return {
    name: typeof entry['name'] === 'string' ? entry['name'] : new URL(resourceManager).host,
    authorityHost: origin(authentication['loginEndpoint'], 'authentication.loginEndpoint'),
    resourceManager: {
      endpoint: resourceManager,
      audience: firstAudience(authentication) ?? resourceManager,
    },
    graph: {
      endpoint: withoutSlash(https(graph, 'microsoftGraphResourceId', metadataUrl).href),
      audience: String(graph),
    },
    machineLearning: { audience: machineLearningAudience(portal) },
    portal,
  };
}

/**
 * Fetches the metadata document and reads it with {@link cloudFromMetadata}.
 *
 * @param metadataUrl - https only, such as the value of `ARM_CLOUD_METADATA_URL`
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a URL that is not plain https, `AML_NETWORK`, `AML_TIMEOUT`,
 *   `AML_CANCELLED` where the signal ended it, or `AML_RESPONSE_INVALID`
 */
export async function fetchCloud(metadataUrl: string, options: FetchCloudOptions = {}): Promise<Cloud> {
  const url = URL.parse(metadataUrl);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The cloud metadata URL ${metadataUrl} is not a plain https URL.`,
      remedy:
        'Set ARM_CLOUD_METADATA_URL to https://<resource manager>/metadata/endpoints?api-version=2022-09-01.',
    });
  }
  const limit = AbortSignal.timeout(options.timeLimitMs ?? 15_000);
  const signal = options.signal === undefined ? limit : AbortSignal.any([options.signal, limit]);
  try {
    const response = await (options.fetch ?? fetch)(url, { signal, redirect: 'error' });
    if (!response.ok) throw invalid(metadataUrl, `the host answered with status ${String(response.status)}`);
    return cloudFromMetadata(await response.json(), metadataUrl, options.name);
  } catch (error) {
    if (isAmlAuthError(error)) throw error;
    if (error instanceof SyntaxError) throw invalid(metadataUrl, 'it is not JSON');
    throw networkError({
      url,
      cause: error,
      timedOut: limit.aborted,
      aborted: options.signal?.aborted === true,
    });
  }
}

function pick(document: unknown, name: string | undefined): Record<string, unknown> | undefined {
  const entries = (Array.isArray(document) ? document : [document]).filter(isRecord);
  if (name !== undefined) return entries.find((entry) => entry['name'] === name);
  return entries.length === 1 ? entries[0] : undefined;
}

function firstAudience(authentication: Record<string, unknown>): string | undefined {
  const audiences = authentication['audiences'];
  const first: unknown = Array.isArray(audiences) ? audiences[0] : undefined;
  return typeof first === 'string' && first !== '' ? withoutSlash(first) : undefined;
}

/**
 * The document has no field for Azure Machine Learning. Its audience ends as the portal's host
 * does (portal.azure.us → https://ml.azure.us); azure-ai-ml derives it in the same way.
 */
function machineLearningAudience(portal: string): string {
  const suffix = /^https:\/\/portal\.azure\.([a-z.]+)$/.exec(portal)?.[1];
  return suffix === undefined ? publicCloud.machineLearning.audience : `https://ml.azure.${suffix}`;
}

function httpsOrigin(value: unknown, field: string, metadataUrl: string): string {
  return https(value, field, metadataUrl).origin;
}

function https(value: unknown, field: string, metadataUrl: string): URL {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url?.protocol !== 'https:') throw invalid(metadataUrl, `${field} is not an https URL`);
  return url;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(metadataUrl: string, problem: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The cloud metadata document at ${metadataUrl} cannot be used: ${problem}.`,
    remedy: 'Check that the URL is that of your Resource Manager, with api-version=2022-09-01.',
  });
}
