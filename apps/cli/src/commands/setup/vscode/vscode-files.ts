import type { VSCODE_PARTS } from './command.js';

/** A file of Visual Studio Code. */
export interface VscodeFile {
  /** Where it looks for it, from the folder of the project. */
  readonly path: string;
  readonly content: object;
}

const exec = (program: string): readonly string[] => ['exec', '--', program];
const task = { type: 'shell', command: 'aml-auth', problemMatcher: [] };

/** The variables of `aml-auth serve` and `aml-auth exec` in the style of App Service. */
const VARIABLES = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'AZURE_TOKEN_CREDENTIALS'];

/**
 * Each file by its part. No secret stands in one: the container is handed the variables of the process that Visual
 * Studio Code was started from.
 */
export const VSCODE_FILES: Readonly<Record<(typeof VSCODE_PARTS)[number], VscodeFile>> = {
  tasks: {
    path: '.vscode/tasks.json',
    content: {
      version: '2.0.0',
      tasks: [
        { label: 'aml-auth: run with Python', ...task, args: [...exec('python3'), '${file}'] },
        { label: 'aml-auth: run with Node.js', ...task, args: [...exec('node'), '${file}'] },
        { label: 'aml-auth: run with Java', ...task, args: [...exec('java'), '${file}'] },
        { label: 'aml-auth: serve tokens', ...task, args: ['serve'], isBackground: true },
      ],
    },
  },
  launch: {
    path: '.vscode/launch.json',
    content: {
      version: '0.2.0',
      configurations: [
        {
          name: 'aml-auth: debug with Node.js',
          type: 'node',
          request: 'launch',
          runtimeExecutable: 'aml-auth',
          runtimeArgs: exec('node'),
          program: '${file}',
          console: 'integratedTerminal',
        },
      ],
    },
  },
  devcontainer: {
    path: '.devcontainer/devcontainer.json',
    content: {
      image: 'mcr.microsoft.com/devcontainers/base:debian',
      // The endpoint is on loopback: a network of its own would not reach it.
      runArgs: ['--network=host'],
      remoteEnv: Object.fromEntries(VARIABLES.map((name) => [name, `\${localEnv:${name}}`])),
    },
  },
};
