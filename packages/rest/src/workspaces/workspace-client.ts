import type { ArmClient } from '../create-arm-client.js';
import { writeConfig, type WriteConfigOptions } from '../config/write-config.js';
import { parseWorkspaceRef, workspaceIdOf, type WorkspaceRef } from '../resource-names.js';
import type { WorkspaceResources } from '../resources/machine-learning-clients.js';
import type { OnlineEndpoint } from '../scoring/online-endpoint.js';
import type { Workspace } from './workspace.js';

/** A workspace to work with: where it is, what is in it, and what can be done with it. */
export interface WorkspaceClient extends WorkspaceResources, WorkspaceRef {
  /** The ARM id. */
  readonly id: string;
  /** The same as `workspaceName`. */
  readonly name: string;
  /** What ARM said of it when it was looked up; undefined where it was not. */
  readonly details: Workspace | undefined;
  /** Where the names come from: the path of a config file, or the names of variables; undefined for arguments. */
  readonly source: string | undefined;
  /** What ARM says of it now. @throws {AmlAuthError} as `ArmClient.request` */
  getDetails(options?: { readonly signal?: AbortSignal | undefined }): Promise<Workspace>;
  /**
   * An online endpoint of it, to be called. Sends nothing yet; keep it, since it holds its keys and tokens.
   *
   * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a bad name
   */
  endpoint(name: string): OnlineEndpoint;
  /** Writes a config file that names it; gives its path. @throws {AmlAuthError} `AML_CONFIG_INVALID` */
  writeConfig(options?: WriteConfigOptions): Promise<string>;
}

/**
 * The client of one workspace. Sends nothing.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad names
 */
export function workspaceClient(
  arm: ArmClient,
  names: WorkspaceRef,
  known: Partial<Pick<WorkspaceClient, 'details' | 'source'>> = {},
): WorkspaceClient {
  const ref = parseWorkspaceRef(names);
  return {
    ...arm.workspace(ref),
    ...ref,
    id: workspaceIdOf(ref),
    name: ref.workspaceName,
    details: known.details,
    source: known.source,
    getDetails: async (options) => arm.workspaces.get(ref, options),
    endpoint: (name) => arm.endpoint(ref, name),
    writeConfig: async (options) => writeConfig(ref, options),
  };
}
