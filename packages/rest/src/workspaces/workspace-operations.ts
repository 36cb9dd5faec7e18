import { armPath } from '../arm/arm-path.js';
import {
  parseResourceGroup,
  parseSubscriptionId,
  parseWorkspaceRef,
  type WorkspaceRef,
} from '../resource-names.js';
import type { Transport } from '../transport.js';
import { createWorkspace, type WorkspaceCreationWait } from './create-workspace.js';
import type { CreateWorkspaceOptions } from './create-workspace-options.js';
import { parseWorkspace } from './parse-workspace.js';
import type { Workspace } from './workspace.js';

/** Where workspaces are listed: a subscription, or one resource group of it. */
export interface WorkspaceListOptions {
  /** Id of the subscription (GUID). */
  readonly subscriptionId: string;
  /** Only those of this resource group. Default: all of the subscription. */
  readonly resourceGroup?: string | undefined;
  /** Ends the listing with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
  /** Ends after so many workspaces; no page beyond them is asked for. Default: all. */
  readonly limit?: number | undefined;
}

/** The workspaces of Azure Machine Learning. */
export interface WorkspaceOperations {
  /**
   * Reads one.
   *
   * @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad names; `AML_NOT_FOUND`, `AML_FORBIDDEN` …
   */
  get(ref: WorkspaceRef, options?: { readonly signal?: AbortSignal | undefined }): Promise<Workspace>;
  /** The workspaces that the caller may see, page by page. Throws on the first step, not on the call. */
  list(options: WorkspaceListOptions): AsyncIterable<Workspace>;
  /**
   * Makes one, with a storage account, a key vault and Application Insights where none are given, and waits for it,
   * which takes minutes. Nothing that is there is written over; a call that broke off can be made again.
   *
   * @throws {AmlAuthError} `AML_CONFIG_INVALID`; `AML_CONFLICT` where it is there and `existOk` is not set; what ARM
   *   answers, with what was made so far in `steps`
   */
  create(options: CreateWorkspaceOptions & WorkspaceCreationWait): Promise<Workspace>;
}

/** Operations on workspaces over a transport. */
export function workspaceOperations(transport: Transport): WorkspaceOperations {
  const { apiVersion, onDrift } = transport;
  return {
    async get(ref, options) {
      const { subscriptionId, resourceGroup, workspaceName } = parseWorkspaceRef(ref);
      const path = armPath`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/${workspaceName}`;
      const { body } = await transport.request({ method: 'GET', path, apiVersion, signal: options?.signal });
      return parseWorkspace(body, onDrift);
    },
    async *list({ subscriptionId, resourceGroup, signal, limit }) {
      const subscription = armPath`/subscriptions/${parseSubscriptionId(subscriptionId)}`;
      const scope =
        resourceGroup === undefined
          ? subscription
          : subscription + armPath`/resourceGroups/${parseResourceGroup(resourceGroup)}`;
      const path = `${scope}/providers/Microsoft.MachineLearningServices/workspaces`;
      for await (const item of transport.list({ path, apiVersion, signal, limit })) {
        yield parseWorkspace(item, onDrift);
      }
    },
    create: async (options) => parseWorkspace(await createWorkspace(transport, options), onDrift),
  };
}
