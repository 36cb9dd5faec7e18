import { defineCommand } from '../../../define-command.js';
import { textFlag } from '../../../settings/text-flag.js';

/** The files of Visual Studio Code that can be made. */
export const VSCODE_PARTS = ['tasks', 'launch', 'devcontainer'] as const;

/** Options of `aml-auth setup vscode`. */
export interface SetupVscodeFlags {
  readonly part: (typeof VSCODE_PARTS)[number];
  readonly file?: string | undefined;
  readonly write: boolean;
}

/** `aml-auth setup vscode`: programs that Visual Studio Code starts, with tokens from here. */
export const setupVscodeCommand = defineCommand<SetupVscodeFlags>({
  brief: 'Let what Visual Studio Code starts get its tokens from here',
  fullDescription:
    'Prints one of its files: tasks that run the open file under "aml-auth exec" and serve tokens, a launch configuration that debugs Node.js under it, or a dev container that shares the network of the machine and is handed the variables of "aml-auth serve". With --write or --file a new file is made; one that is there stays, and the failure shows what to add to it.',
  examples: ['setup vscode', 'setup vscode --part launch --write', 'setup vscode --part devcontainer'],
  parameters: {
    flags: {
      part: { kind: 'enum', values: VSCODE_PARTS, default: 'tasks', brief: 'Which file' },
      file: textFlag('Make this file', 'path'),
      write: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Make the file where Visual Studio Code looks for it, in this folder',
      },
    },
  },
  load: async () => (await import('./vscode.js')).vscode,
});
