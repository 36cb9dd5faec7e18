import type { WorkspaceRef } from '../resource-names.js';
import { ConfigNotFoundError } from './config-not-found-error.js';
import { parseWorkspaceConfig } from './parse-workspace-config.js';
import { searchConfig, type ConfigSearchOptions } from './search-config.js';
import type { WorkspaceEnvironment } from './workspace-from-environment.js';

/** A workspace, and the file that names it. */
export interface LoadedConfig {
  readonly workspace: WorkspaceRef;
  readonly path: string;
}

/**
 * The workspace that the first config file names. A file that cannot be used is an error and not passed over:
 * the next one may be about another workspace.
 *
 * @throws {ConfigNotFoundError} with every path that was looked at
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad options and for a file that cannot be used
 */
export async function loadConfig(
  options: ConfigSearchOptions,
  env: WorkspaceEnvironment,
): Promise<LoadedConfig> {
  const { files, start, fileNames, tried } = await searchConfig(options);
  const found = tried.find(({ isThere }) => isThere);
  if (found === undefined) {
    const inJob = Boolean(env.AZUREML_WORKSPACE_SCOPE) || Boolean(env.AZUREML_ARM_WORKSPACE_NAME);
    throw new ConfigNotFoundError({ start, fileNames, searched: tried.map(({ path }) => path), inJob });
  }
  return { workspace: parseWorkspaceConfig(await files.read(found.path), found.path), path: found.path };
}
