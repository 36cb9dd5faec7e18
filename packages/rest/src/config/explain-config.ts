import { toAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import type { WorkspaceRef } from '../resource-names.js';
import type { ConfigFiles } from './config-files.js';
import { parseWorkspaceConfig } from './parse-workspace-config.js';
import { searchConfig, type ConfigSearchOptions } from './search-config.js';
import { workspaceFromEnvironment, type WorkspaceEnvironment } from './workspace-from-environment.js';

/** Options of {@link explainConfig}. */
export interface ExplainConfigOptions extends ConfigSearchOptions {
  /** The variables of a job, which go before files. Default: those of this process. `{}` leaves them out. */
  readonly env?: WorkspaceEnvironment | undefined;
}

/** One place where a workspace may be named. */
export interface ConfigPlace {
  /** The path of a file, or the names of the variables. */
  readonly place: string;
  /** `missing`: nothing there; `used`: what counts; `shadowed`: there, but something before it counts. */
  readonly outcome: 'missing' | 'used' | 'shadowed';
  /** The workspace that is named there. */
  readonly workspace?: WorkspaceRef;
  /** Why what is there cannot be used. What counts and cannot be used is an error, not passed over. */
  readonly problem?: string;
}

/** Which configuration counts, and why. */
export interface ConfigExplanation {
  /** Undefined where nothing is configured. */
  readonly used: ConfigPlace | undefined;
  /** What is there and does not count. */
  readonly shadowed: readonly ConfigPlace[];
  /** Everything that was looked at, in the order in which it counts. */
  readonly tried: readonly ConfigPlace[];
}

/**
 * Says what `Workspace.resolve` would use, what it looked at, and what is shadowed. Sends nothing; a file that cannot
 * be used is told in `problem`.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad options
 */
export async function explainConfig(options: ExplainConfigOptions = {}): Promise<ConfigExplanation> {
  const { env = process.env } = options;
  const { files, tried } = await searchConfig(options);
  const places = [
    readEnvironment(env),
    ...(await Promise.all(tried.map(({ path, isThere }) => readPlace(files, path, isThere)))),
  ];
  const first = places.findIndex(({ outcome }) => outcome === 'shadowed');
  const judged = places.map((place, index) =>
    index === first ? { ...place, outcome: 'used' as const } : place,
  );
  return {
    used: judged[first],
    shadowed: judged.filter(({ outcome }) => outcome === 'shadowed'),
    tried: judged,
  };
}

function readEnvironment(env: WorkspaceEnvironment): ConfigPlace {
  const names =
    'AZUREML_WORKSPACE_SCOPE, AZUREML_ARM_SUBSCRIPTION, AZUREML_ARM_RESOURCEGROUP, AZUREML_ARM_WORKSPACE_NAME';
  try {
    const found = workspaceFromEnvironment(env);
    if (found === undefined) return { place: names, outcome: 'missing' };
    return { place: found.variables.join(', '), outcome: 'shadowed', workspace: found.workspace };
  } catch (error) {
    return { place: names, outcome: 'shadowed', problem: problemOf(error) };
  }
}

async function readPlace(files: ConfigFiles, path: string, isThere: boolean): Promise<ConfigPlace> {
  if (!isThere) return { place: path, outcome: 'missing' };
  try {
    const workspace = parseWorkspaceConfig(await files.read(path), path);
    return { place: path, outcome: 'shadowed', workspace };
  } catch (error) {
    return { place: path, outcome: 'shadowed', problem: problemOf(error) };
  }
}

function problemOf(error: unknown): string {
  const known: AmlAuthError = toAmlAuthError(error);
  return known.message;
}
