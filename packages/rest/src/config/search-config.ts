import { AmlAuthError } from '@aml-auth/core';
import { CONFIG_FILE_NAMES, configCandidates, type ConfigOrder } from './config-candidates.js';
import { configFiles, type ConfigFiles } from './config-files.js';

/** Where a config file is looked for. */
export interface ConfigSearchOptions {
  /**
   * A config file, or the folder in which the search begins. As in the Python SDKs a path that is not there
   * counts as a folder. Default: the working directory.
   */
  readonly path?: string | undefined;
  /** Default: `config.json`, then `project.json`. */
  readonly fileName?: string | undefined;
  /** Default `compat`. */
  readonly order?: ConfigOrder | undefined;
  /** How many parent folders are searched. Default 20, as in azure-ai-ml; azureml-core searches all: `Infinity`. */
  readonly parents?: number | undefined;
}

/** What a search came across. */
export interface ConfigSearch {
  readonly files: ConfigFiles;
  readonly start: string;
  readonly fileNames: readonly string[];
  readonly order: ConfigOrder;
  /** Every path, in the order in which they count, and whether a file is there. */
  readonly tried: readonly { readonly path: string; readonly isThere: boolean }[];
}

/**
 * Looks for config files; reads none of them.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad options
 */
export async function searchConfig(options: ConfigSearchOptions): Promise<ConfigSearch> {
  const { path = '.', order = 'compat', parents = 20 } = options;
  const fileNames = options.fileName === undefined ? CONFIG_FILE_NAMES : [fileNameOf(options.fileName)];
  if (typeof path !== 'string' || path === '' || path.includes('\0')) {
    throw invalid('path is not a path.', 'Give the path of a config file, or of a folder.');
  }
  if (!(parents >= 0)) throw invalid('parents is not a number of folders.', 'Give 0 or more.');
  const files = await configFiles();
  const start = files.absolute(path);
  if (await files.isFile(start)) {
    return { files, start, fileNames, order, tried: [{ path: start, isThere: true }] };
  }
  const folders = await files.foldersFrom(start, parents);
  const candidates = configCandidates({
    folders,
    fileNames,
    order,
    join: (...parts) => files.join(...parts),
  });
  const tried = candidates.map(async (place) => ({ path: place, isThere: await files.isFile(place) }));
  return { files, start, fileNames, order, tried: await Promise.all(tried) };
}

/**
 * A name without a folder.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function fileNameOf(name: string): string {
  if (typeof name === 'string' && /^[^/\\\0]+$/.test(name) && !/^\.+$/.test(name)) return name;
  throw invalid('fileName is not the name of a file.', 'Give a name without a folder; the folder is path.');
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
