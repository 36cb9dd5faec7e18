import type { KnipConfig } from 'knip';

/** Programs of the system that scripts and tests start where they are there. */
const SYSTEM_PROGRAMS = [
  'dbus-run-session',
  'fish',
  'gnome-keyring-daemon',
  'keytool',
  'mkfifo',
  'openssl',
  'pwsh',
  'redis-server',
];

/** What nothing in the repository uses is found; public exports of packages count as used. */
const config: KnipConfig = {
  // A type that stands in the signature of an export is exported, so that it has a name.
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreBinaries: SYSTEM_PROGRAMS,
  workspaces: {
    '.': { entry: ['*.base.ts'] },
    'apps/cli': {
      entry: [
        'src/main.ts',
        // Read as text, for a page in a browser; tests see their declarations.
        'src/access-page/{main.js,*.d.ts}',
        // Started as programs.
        'acceptance/clients/*.mjs',
      ],
    },
    // Started by the command line, which the script "start" names.
    'apps/sample-node-azure-cli': { entry: ['src/emulated.ts'] },
    'packages/credentials': {
      // Started as programs.
      entry: ['test/**/{clients,children}/*.{mjs,ts}'],
      // Resolved by path, module by module: their native parts are not installed.
      ignoreDependencies: ['@azure/identity-cache-persistence', '@azure/msal-node-extensions'],
    },
    'packages/emulator': {
      entry: [
        // Served to browsers as it stands.
        'src/inspector/main.js',
        // Started as programs.
        'test/proxy/programs/*.mjs',
      ],
    },
    // Named by the settings of the mutation tests.
    'packages/permissions': { entry: ['vitest.mutation.config.ts'] },
    // Bundled and started as programs.
    'packages/token-cache': { entry: ['test/msal/support/process.ts', 'test/support/worker.ts'] },
    'tools/bench': {
      // Started as processes.
      entry: ['src/workers/*-{worker,writer}.ts'],
      // Its size and its start are measured.
      ignoreDependencies: ['@aml-auth/cli'],
    },
    'tools/checks': {
      ignoreDependencies: [
        // The code in the documentation may import them.
        '@aml-auth/.+',
        '@azure/msal-node',
        'redis',
        // Started as programs: attw and tsc.
        '@arethetypeswrong/cli',
        '@typescript/native',
      ],
    },
  },
};

export default config;
