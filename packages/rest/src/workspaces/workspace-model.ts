import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';
import { loadConfig } from '../config/load-config.js';
import type { ConfigSearchOptions } from '../config/search-config.js';
import { workspaceFromEnvironment, type WorkspaceEnvironment } from '../config/workspace-from-environment.js';
import type { ArmClient } from '../create-arm-client.js';
import { parseWorkspaceId, parseWorkspaceName, type WorkspaceRef } from '../resource-names.js';
import type { WorkspaceCreationWait } from './create-workspace.js';
import type { CreateWorkspaceOptions } from './create-workspace-options.js';
import { workspaceClient, type WorkspaceClient } from './workspace-client.js';
import type { Workspace as WorkspaceShape } from './workspace.js';

/** A workspace by its names; without a resource group it is looked for in the subscription. */
export interface WorkspaceQuery {
  /** Id of the subscription (GUID). */
  readonly subscriptionId: string;
  /** Name of the resource group. Default: every one of the subscription is looked through. */
  readonly resourceGroup?: string | undefined;
  /** Name of the workspace. */
  readonly workspaceName: string;
}

/** Where `Workspace.resolve` looks. */
export interface ResolveWorkspaceOptions extends ConfigSearchOptions {
  /** Names or the ARM id; go before everything else. */
  readonly workspace?: WorkspaceRef | string | undefined;
  /** The variables of a job; go before files. Default: those of this process. */
  readonly env?: WorkspaceEnvironment | undefined;
}

/** Which workspaces `Workspace.list` gives. */
export interface ListWorkspacesOptions {
  /** Default: every subscription that the caller may see. */
  readonly subscriptionId?: string | undefined;
  /** Only those of this resource group; needs `subscriptionId`. Default: all. */
  readonly resourceGroup?: string | undefined;
  /** Ends after so many workspaces. Default: all. */
  readonly limit?: number | undefined;
  /** Ends the listing with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/** The ways to a workspace. */
export interface WorkspaceModel {
  /**
   * The workspace that a config file names, found as `azureml-core` and `azure-ai-ml` find it. Sends nothing.
   *
   * @throws {ConfigNotFoundError} with every path that was looked at
   * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a file that cannot be used
   */
  fromConfig(arm: ArmClient, options?: ConfigSearchOptions): Promise<WorkspaceClient>;
  /**
   * The workspace of the job that this process runs in, by the variables that Azure Machine Learning sets. Sends
   * nothing.
   *
   * @throws {AmlAuthError} `AML_CONFIG_INVALID` where they are not set
   */
  fromEnvironment(arm: ArmClient, env?: WorkspaceEnvironment): WorkspaceClient;
  /**
   * The workspace that is configured: by the argument, else the variables of a job, else a config file. What comes first
   * and cannot be used is an error, and not passed over. Sends nothing. `explainConfig` says what it would use.
   *
   * @throws {ConfigNotFoundError} with every path that was looked at
   * @throws {AmlAuthError} `AML_CONFIG_INVALID`
   */
  resolve(arm: ArmClient, options?: ResolveWorkspaceOptions): Promise<WorkspaceClient>;
  /**
   * A workspace that is there: asks ARM for it.
   *
   * @param workspace - its ARM id, or its names; without a resource group it is looked for in the subscription
   * @throws {AmlAuthError} `AML_NOT_FOUND`; `AML_AMBIGUOUS` where several resource groups have one of that name
   */
  get(
    arm: ArmClient,
    workspace: WorkspaceQuery | string,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<WorkspaceClient>;
  /** The workspaces that the caller may see, page by page. Throws on the first step, not on the call. */
  list(arm: ArmClient, options?: ListWorkspacesOptions): AsyncIterable<WorkspaceClient>;
  /**
   * Makes a workspace, with a storage account, a key vault and Application Insights where none are given, and waits
   * for it, which takes minutes. Nothing that is there is written over; a call that broke off can be made again.
   *
   * @throws {AmlAuthError} `AML_CONFLICT` where it is there and `existOk` is not set; what ARM answers, with what was
   *   made so far in `steps`
   */
  create(arm: ArmClient, options: CreateWorkspaceOptions & WorkspaceCreationWait): Promise<WorkspaceClient>;
}

/** An Azure Machine Learning workspace in the shape of ARM. */
export type Workspace = WorkspaceShape;

/** The ways to a workspace: by a config file, a job's variables, its names, or a new one. */
export const Workspace: WorkspaceModel = {
  async fromConfig(arm, options = {}) {
    const { workspace, path } = await loadConfig(options, processEnv());
    return workspaceClient(arm, workspace, { source: path });
  },

  fromEnvironment(arm, env = processEnv()) {
    const found = workspaceFromEnvironment(env);
    if (found === undefined) {
      throw new AmlAuthError({
        code: 'AML_CONFIG_INVALID',
        message:
          'No variable of a job names a workspace: neither AZUREML_WORKSPACE_SCOPE nor AZUREML_ARM_… is set.',
        remedy: 'Outside of jobs use Workspace.fromConfig() or Workspace.get().',
      });
    }
    return workspaceClient(arm, found.workspace, { source: found.variables.join(', ') });
  },

  async resolve(arm, options = {}) {
    const { workspace, env = processEnv() } = options;
    if (workspace !== undefined) return workspaceClient(arm, refOf(workspace));
    if (workspaceFromEnvironment(env) !== undefined) return Workspace.fromEnvironment(arm, env);
    const loaded = await loadConfig(options, {});
    return workspaceClient(arm, loaded.workspace, { source: loaded.path });
  },

  async get(arm, workspace, options = {}) {
    const query = typeof workspace === 'string' ? parseWorkspaceId(workspace) : workspace;
    const { resourceGroup } = query;
    if (resourceGroup === undefined) return findByName(arm, query, options.signal);
    const ref = { ...query, resourceGroup };
    return workspaceClient(arm, ref, { details: await arm.workspaces.get(ref, options) });
  },

  async *list(arm, options = {}) {
    const { subscriptionId, resourceGroup, limit, signal } = options;
    if (subscriptionId !== undefined) {
      const details = arm.workspaces.list({ subscriptionId, resourceGroup, limit, signal });
      for await (const one of details) yield clientOf(arm, one);
      return;
    }
    if (resourceGroup !== undefined) throw withoutSubscription();
    let left = limit ?? Infinity;
    for await (const subscription of arm.subscriptions.list({ signal })) {
      for await (const details of workspacesOf(arm, subscription.subscriptionId, left, signal)) {
        yield clientOf(arm, details);
        left -= 1;
      }
      if (left <= 0) return;
    }
  },

  async create(arm, options) {
    const details = await arm.workspaces.create(options);
    return workspaceClient(arm, options, { details });
  },
};

function refOf(workspace: WorkspaceRef | string): WorkspaceRef {
  return typeof workspace === 'string' ? parseWorkspaceId(workspace) : workspace;
}

function processEnv(): WorkspaceEnvironment {
  return process.env;
}

function clientOf(arm: ArmClient, details: WorkspaceShape): WorkspaceClient {
  return workspaceClient(arm, parseWorkspaceId(details.id), { details });
}

/** Those of one subscription among several: one that has never used Azure Machine Learning has none. */
async function* workspacesOf(
  arm: ArmClient,
  subscriptionId: string,
  limit: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<WorkspaceShape, void, undefined> {
  try {
    yield* arm.workspaces.list({ subscriptionId, signal, ...(limit === Infinity ? {} : { limit }) });
  } catch (error) {
    if (!isAmlAuthError(error) || error.armCode !== 'MissingSubscriptionRegistration') throw error;
  }
}

function withoutSubscription(): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'resourceGroup is given without subscriptionId.',
    remedy: 'Name the subscription that the resource group is in.',
  });
}

async function findByName(
  arm: ArmClient,
  { subscriptionId, workspaceName }: WorkspaceQuery,
  signal: AbortSignal | undefined,
): Promise<WorkspaceClient> {
  const wanted = parseWorkspaceName(workspaceName).toLowerCase();
  const found: WorkspaceShape[] = [];
  for await (const details of arm.workspaces.list({ subscriptionId, signal })) {
    if (details.name.toLowerCase() === wanted) found.push(details);
  }
  const [details] = found;
  if (details === undefined) {
    throw new AmlAuthError({
      code: 'AML_NOT_FOUND',
      message: `There is no workspace ${workspaceName} in the subscription ${subscriptionId}, or this caller may not see it.`,
      remedy: 'Check the name and the subscription; Workspace.list() gives those that this caller may see.',
    });
  }
  if (found.length > 1) {
    const groups = found.map(({ id }) => parseWorkspaceId(id).resourceGroup);
    throw new AmlAuthError({
      code: 'AML_AMBIGUOUS',
      message: `The subscription ${subscriptionId} has a workspace ${workspaceName} in several resource groups: ${groups.join(', ')}.`,
      remedy: 'Name the resource group.',
    });
  }
  return workspaceClient(arm, parseWorkspaceId(details.id), { details });
}
