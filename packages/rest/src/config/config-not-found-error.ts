import { AmlAuthError } from '@aml-auth/core';

/** `AML_CONFIG_INVALID`: there is no config file of a workspace. Says everything that was tried. */
export class ConfigNotFoundError extends AmlAuthError {
  /** The paths that were looked at, in the order in which they count. */
  readonly searched: readonly string[];

  constructor(init: {
    readonly start: string;
    readonly fileNames: readonly string[];
    readonly searched: readonly string[];
    readonly inJob: boolean;
  }) {
    const [first = '', last = ''] = [init.searched[0], init.searched.at(-1)];
    super({
      code: 'AML_CONFIG_INVALID',
      message: `There is no workspace configuration (${init.fileNames.join(' or ')}) in ${init.start} or its parent folders. ${String(init.searched.length)} paths were looked at, from ${first} to ${last}.`,
      remedy: init.inJob
        ? 'The variables of a job name a workspace here: use Workspace.resolve(), which reads them.'
        : 'Download config.json from the workspace in Azure Machine Learning studio, write it with workspace.writeConfig(), or give its path.',
    });
    this.searched = init.searched;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), searched: this.searched };
  }
}
