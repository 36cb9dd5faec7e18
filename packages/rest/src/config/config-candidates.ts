/**
 * In which order files are looked for. `compat`: as `azureml-core` and `azure-ai-ml` do, by the name of the
 * sub-folder first, so that `.azureml/config.json` far up goes before `config.json` right here. `nearest`: the
 * closest folder with any of them.
 */
export type ConfigOrder = 'compat' | 'nearest';

/** What {@link configCandidates} orders. */
export interface ConfigPlaces {
  /** Where the search begins, then its parents. */
  readonly folders: readonly string[];
  /** Most wanted first. */
  readonly fileNames: readonly string[];
  readonly order: ConfigOrder;
  /** Joins the parts of a path. */
  readonly join: (...parts: string[]) => string;
}

/** The names of config files, where no other is asked for. */
export const CONFIG_FILE_NAMES: readonly string[] = ['config.json', 'project.json'];

/** The sub-folders of config files; the last one is the folder itself. */
const SUB_FOLDERS: readonly string[] = ['.azureml', 'aml_config', ''];

/** Every path where a config file may be; the first one that is there is used. */
export function configCandidates({ folders, fileNames, order, join }: ConfigPlaces): readonly string[] {
  const kinds = SUB_FOLDERS.flatMap((folder) => fileNames.map((file) => [folder, file] as const));
  if (order === 'nearest') {
    return folders.flatMap((folder) => kinds.map(([sub, file]) => join(folder, sub, file)));
  }
  return kinds.flatMap(([sub, file]) => folders.map((folder) => join(folder, sub, file)));
}
