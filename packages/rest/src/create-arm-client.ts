import {
  AmlAuthError,
  publicCloud,
  quietLogger,
  systemClock,
  type Clock,
  type Cloud,
  type Credential,
  type Logger,
} from '@aml-auth/core';
import type {
  ArmCancelRequest,
  ArmListRequest,
  ArmRequest,
  ArmResponse,
  ArmTimeLimits,
  ArmWriteRequest,
} from './arm/arm-request.js';
import { armUrl } from './arm/arm-url.js';
import type { ExplainRefusal } from './arm/explain-refusal.js';
import { listItems, listPages, type ArmPage, type PagesOptions } from './arm/list-pages.js';
import { parseReply, plainKy, type IncomingReply, type OutgoingRequest } from './arm/send-once.js';
import { sendWithRetries, type SendContext } from './arm/send-with-retries.js';
import { authorizedFetch } from './http/authorized-fetch.js';
import { directFetch } from './http/direct/direct-fetch.js';
import { jsonOf } from './http/json-of.js';
import { milliseconds } from './http/milliseconds.js';
import { parseOperationHandle, type OperationHandle } from './operations/operation-handle.js';
import { followedOperation, type Operation, type OperationContext } from './operations/operation.js';
import { startOperation } from './operations/start-operation.js';
import type { WorkspaceRef } from './resource-names.js';
import {
  locationResources,
  registryResources,
  resourceGroupResources,
  subscriptionResources,
  workspaceResources,
  type LocationRef,
  type LocationResources,
  type RegistryRef,
  type RegistryResources,
  type ResourceGroupRef,
  type ResourceGroupResources,
  type SubscriptionResources,
  type WorkspaceResources,
} from './resources/machine-learning-clients.js';
import { schemaDrift, type SchemaMode } from './schema-drift.js';
import { onlineEndpoint, type OnlineEndpoint } from './scoring/online-endpoint.js';
import {
  subscriptionOperations,
  type SubscriptionOperations,
} from './subscriptions/subscription-operations.js';
import { tenantOperations, type TenantOperations } from './subscriptions/tenant-operations.js';
import { rateGovernor } from './throttling/rate-governor.js';
import type { Transport } from './transport.js';
import { workspaceOperations, type WorkspaceOperations } from './workspaces/workspace-operations.js';

/** The api-version of Azure Machine Learning that is used where no other is given. */
export const MACHINE_LEARNING_API_VERSION = '2026-09-01';

/** What an {@link ArmClient} is made from. */
export interface ArmClientOptions {
  /** Whose tokens are sent. */
  readonly credential: Credential;
  /** Default: the public cloud. The token goes to this cloud's Resource Manager and nowhere else. */
  readonly cloud?: Cloud | undefined;
  /** Sends the requests. Default: the global `fetch`, or what it sends with where that is known and costs less. */
  readonly fetch?: typeof fetch | undefined;
  /** Told about responses (`arm.response`), retries (`arm.retry`) and unexpected fields (`arm.drift`). */
  readonly logger?: Logger | undefined;
  /** Measures waits and time limits. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Default: 65 seconds an attempt, 300 seconds a request. */
  readonly timeLimits?: ArmTimeLimits | undefined;
  /**
   * Explains refusals for lack of permission (403): its sentences become the remedy of the error. A refusal is told as
   * it is where this fails or takes more than ten seconds. Default: the missing action and scope.
   */
  readonly explain?: ExplainRefusal | undefined;
  /**
   * `lenient` (default): a field of another type than documented is left out of what is read, and told to the
   * logger once. `strict`: it is an error, as in a test that watches for changes of the service.
   */
  readonly schemas?: SchemaMode | undefined;
  /** Default {@link MACHINE_LEARNING_API_VERSION}. */
  readonly machineLearningApiVersion?: string | undefined;
  /**
   * `azure` (default): requests stay within the token buckets of Azure Resource Manager, as its replies
   * report them, and a 429 pauses all requests that are counted together. `none`: each request learns of
   * a 429 by itself.
   */
  readonly rateLimits?: 'azure' | 'none' | undefined;
  /** A number from 0 to below 1, for the jitter of retries. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** A client of Azure Resource Manager, with the resources of Azure Machine Learning. */
export interface ArmClient {
  /** The cloud whose Resource Manager it asks. */
  readonly cloud: Cloud;
  /**
   * Sends one request, repeating it where that is safe.
   *
   * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a bad path, api-version or query; the error of the
   *   service (`AML_FORBIDDEN`, `AML_NOT_FOUND`, `AML_THROTTLED` …); `AML_NETWORK`, `AML_TIMEOUT`,
   *   `AML_CANCELLED`, `AML_RESPONSE_INVALID`; what the credential throws
   */
  request(request: ArmRequest): Promise<ArmResponse>;
  /** The items of a listing, page by page. Nothing is sent before the first step. */
  list(request: ArmListRequest): AsyncIterable<unknown>;
  /** The same, in pages, each with the place from which the listing can go on later. */
  pages(request: ArmListRequest): AsyncIterable<ArmPage>;
  /**
   * Sends a write and gives the long-running operation behind it, or a finished one where Azure answers at
   * once. Where it stays open whether a PUT or DELETE was carried out, the resource is read to find out; a POST
   * or PATCH is sent once.
   *
   * @throws {AmlAuthError} as `request`; `AML_UNTRUSTED_HOST` where the operation would be followed elsewhere
   */
  startOperation(request: ArmWriteRequest): Promise<Operation>;
  /**
   * Goes on with an operation that was started in this or another process. Sends nothing yet.
   *
   * @param handle - what `operation.toJSON()` gave, also after JSON
   * @throws {AmlAuthError} `AML_CONFIG_INVALID`, or `AML_UNTRUSTED_HOST` for a handle of another cloud
   */
  resumeOperation(handle: unknown): Operation;
  /** Workspaces by name, their list, and new ones. */
  readonly workspaces: WorkspaceOperations;
  /**
   * What is in one workspace (computes, jobs, assets, datastores, endpoints, connections …), and its own actions.
   *
   * @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad names, like the four below
   */
  workspace(ref: WorkspaceRef): WorkspaceResources;
  /** The assets of one registry, and its own actions. */
  registry(ref: RegistryRef): RegistryResources;
  /** Workspaces and registries of one resource group. */
  resourceGroup(ref: ResourceGroupRef): ResourceGroupResources;
  /** Workspaces and registries of one subscription, to be listed. */
  subscription(subscriptionId: string): SubscriptionResources;
  /** Quotas, usages and sizes of virtual machines of one region. */
  location(ref: LocationRef): LocationResources;
  /** The subscriptions that the caller may see. */
  readonly subscriptions: SubscriptionOperations;
  /** The tenants that the caller belongs to. */
  readonly tenants: TenantOperations;
  /**
   * An online endpoint of a workspace, to be called. Sends nothing yet; keep it, since it holds its keys and tokens.
   *
   * @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad names
   */
  endpoint(ref: WorkspaceRef, name: string): OnlineEndpoint;
}

/**
 * Makes an {@link ArmClient}. Sends nothing yet.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a cloud that is not reached by https, or a bad time limit
 */
export function createArmClient(options: ArmClientOptions): ArmClient {
  const { credential, cloud = publicCloud } = options;
  const logger = quietLogger(options.logger);
  const { clock = systemClock, timeLimits = {}, fetch = directFetch } = options;
  const endpoint = httpsOrigin(cloud);
  const machineLearning = options.machineLearningApiVersion ?? MACHINE_LEARNING_API_VERSION;
  const context: SendContext = {
    service: 'arm',
    send: plainKy(authorizedFetch({ credential, cloud, fetch, clock })),
    clock,
    logger,
    random: options.random ?? Math.random,
    attemptMs: milliseconds('attemptMs', timeLimits.attemptMs ?? 65_000),
    totalMs: milliseconds('totalMs', timeLimits.totalMs ?? 300_000),
    governor: options.rateLimits === 'none' ? undefined : rateGovernor(clock),
    explain: options.explain,
  };

  async function request(asked: ArmRequest): Promise<ArmResponse> {
    const { method, signal, retry = 'safe' } = asked;
    const body = jsonOf(asked.body);
    const url = armUrl(endpoint, asked.path, asked.apiVersion, asked.query);
    const outgoing = { method, url, body, correlationId: crypto.randomUUID() };
    const reply = await sendWithRetries(context, outgoing, { retry, signal });
    const { status, headers, correlation } = reply;
    return { status, headers, body: parseReply(outgoing, reply), correlation };
  }

  function pagesOptions(asked: ArmListRequest): PagesOptions {
    const { path, apiVersion, query, limit, prefetch = 0, continueFrom, itemsIn = 'value' } = asked;
    const correlationId = crypto.randomUUID();
    const firstUrl = continueFrom ?? armUrl(endpoint, path, apiVersion, query);
    const fetchPage = async (url: string, ending: AbortSignal): Promise<unknown> => {
      const method = url === firstUrl ? (asked.method ?? 'GET') : 'GET';
      const outgoing = { method, url, body: undefined, correlationId };
      const signal = asked.signal === undefined ? ending : AbortSignal.any([asked.signal, ending]);
      return parseReply(outgoing, await sendWithRetries(context, outgoing, { retry: 'always', signal }));
    };
    return { firstUrl, endpoint, limit, prefetch, itemsIn, fetchPage };
  }

  const listed = <T>(asked: ArmListRequest, read: (item: unknown) => T): AsyncIterable<T> =>
    listItems(() => pagesOptions(asked), read);
  const list = (asked: ArmListRequest): AsyncIterable<unknown> => listed(asked, (item) => item);

  async function* pages(asked: ArmListRequest): AsyncGenerator<ArmPage, void, undefined> {
    yield* listPages(pagesOptions(asked));
  }

  const operations: OperationContext = {
    endpoint,
    clock,
    send: (outgoing, signal) => sendWithRetries(context, outgoing, { retry: 'safe', signal, first: true }),
  };

  async function start(asked: ArmWriteRequest): Promise<Operation> {
    const { method, signal, retry = 'safe' } = asked;
    const body = jsonOf(asked.body);
    const url = armUrl(endpoint, asked.path, asked.apiVersion, asked.query);
    const write = (outgoing: OutgoingRequest): Promise<IncomingReply> =>
      sendWithRetries(context, outgoing, { retry, signal });
    const correlationId = crypto.randomUUID();
    const cancelBy = asked.cancelBy === undefined ? undefined : cancelUrl(endpoint, asked.cancelBy);
    return startOperation(
      { ...operations, write, signal },
      { method, url, body, correlationId, wanted: asked.body, cancelBy },
    );
  }

  const drift = schemaDrift(logger, options.schemas ?? 'lenient');
  const transportFor = (resource: string, apiVersion: string): Transport => ({
    request,
    list,
    listed,
    startOperation: start,
    follow: (path, version) => {
      const url = armUrl(endpoint, path, version);
      const correlationId = crypto.randomUUID();
      const at = { method: 'PUT', style: 'resource', resourceUrl: url, pollUrl: url } as const;
      return followedOperation(operations, { version: 1, ...at, correlationId }, 0);
    },
    apiVersion,
    onDrift: drift(resource, apiVersion),
    driftOf: (type) => drift(type, apiVersion),
  });
  const resources = transportFor('resource', machineLearning);

  return {
    cloud,
    request,
    list,
    pages,
    startOperation: start,
    resumeOperation: (handle) => followedOperation(operations, parseOperationHandle(handle, endpoint), 0),
    workspaces: workspaceOperations(transportFor('workspace', machineLearning)),
    workspace: (ref) => workspaceResources(resources, ref),
    registry: (ref) => registryResources(resources, ref),
    resourceGroup: (ref) => resourceGroupResources(resources, ref),
    subscription: (id) => subscriptionResources(resources, id),
    location: (ref) => locationResources(resources, ref),
    subscriptions: subscriptionOperations(transportFor('subscription', '2022-12-01')),
    tenants: tenantOperations(transportFor('tenant', '2022-12-01')),
    endpoint: (ref, name) =>
      onlineEndpoint(
        {
          endpoints: workspaceResources(resources, ref).onlineEndpoints,
          audience: cloud.machineLearning.audience,
          ...{ fetch, credential, clock, logger, random: context.random },
        },
        name,
      ),
  };
}

function cancelUrl(
  endpoint: string,
  { method, path, apiVersion, query }: ArmCancelRequest,
): OperationHandle['cancelBy'] {
  return { method, url: armUrl(endpoint, path, apiVersion, query) };
}

function httpsOrigin({ name, resourceManager }: Cloud): string {
  const url = URL.parse(resourceManager.endpoint);
  // What stands before an @ is no host: https://management.azure.com@evil.example.
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url.origin;
  throw invalid(
    `The Resource Manager of the cloud ${name} is not an https URL, or one with a user name.`,
    'Give cloud.resourceManager.endpoint as https://<host>.',
  );
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
