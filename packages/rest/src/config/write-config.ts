import { AmlAuthError } from '@aml-auth/core';
import type { WorkspaceRef } from '../resource-names.js';
import { workspaceIdOf } from '../resource-names.js';
import { configFiles } from './config-files.js';
import { fileNameOf } from './search-config.js';

/** Where and how a config file is written. */
export interface WriteConfigOptions {
  /** The folder of the project. Default: the working directory. */
  readonly path?: string | undefined;
  /** Default: `config.json`, or `project.json` where there is one. `.json` takes the place of its ending. */
  readonly fileName?: string | undefined;
  /**
   * `keys` (default): `subscription_id`, `resource_group` and `workspace_name`, as Azure Machine Learning studio
   * writes them. `scope`: `Id` and `Scope`, as azureml-core does. Both SDKs for Python read both.
   */
  readonly form?: 'keys' | 'scope' | undefined;
}

/**
 * Writes a config file where `write_config` of azureml-core would: into `.azureml` of the folder, or `aml_config`
 * where there is one. A file that is there is replaced at once, and never half.
 *
 * @returns its path
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where it cannot be written
 */
export async function writeConfig(ref: WorkspaceRef, options: WriteConfigOptions = {}): Promise<string> {
  const [files, fs, path] = await Promise.all([
    configFiles(),
    import('node:fs/promises'),
    import('node:path'),
  ]);
  const given = options.fileName === undefined ? undefined : jsonNameOf(fileNameOf(options.fileName));
  const base = files.absolute(options.path ?? '.');
  const isThere = async (place: string): Promise<boolean> =>
    fs.access(place).then(
      () => true,
      () => false,
    );
  const folderName = (await isThere(path.join(base, 'aml_config'))) ? 'aml_config' : '.azureml';
  const folder = path.basename(base) === folderName ? base : path.join(base, folderName);
  const name = given ?? ((await isThere(path.join(folder, 'project.json'))) ? 'project.json' : 'config.json');
  const target = path.join(folder, name);
  const draft = `${target}.${crypto.randomUUID()}`;
  try {
    if (!(await isThere(folder))) await fs.mkdir(folder);
    await fs.writeFile(draft, configText(ref, options.form), { flag: 'wx' });
    await fs.rename(draft, target);
  } catch (cause) {
    await fs.rm(draft, { force: true }).catch(() => undefined);
    throw unwritten(target, cause);
  }
  return target;
}

function jsonNameOf(name: string): string {
  return `${name.replace(/(?<=.)\.[^.]*$/, '')}.json`;
}

/** The text of a config file. */
function configText(ref: WorkspaceRef, form: 'keys' | 'scope' = 'keys'): string {
  const { subscriptionId, resourceGroup, workspaceName } = ref;
  const held =
    form === 'scope'
      ? { Id: null, Scope: workspaceIdOf(ref) }
      : { subscription_id: subscriptionId, resource_group: resourceGroup, workspace_name: workspaceName };
  return `${JSON.stringify(held, null, 4)}\n`;
}

function unwritten(path: string, cause: unknown): AmlAuthError {
  const reason = (cause as { code?: unknown } | null)?.code;
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The workspace configuration ${path} cannot be written (${typeof reason === 'string' ? reason : 'unknown reason'}).`,
    remedy: 'Give the path of a folder that exists and that this user may write to.',
    cause,
  });
}
