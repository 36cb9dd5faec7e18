/** What importing a library, or starting a program, may load beside itself. */
export interface BleedRule {
  /** Other packages that may be loaded, and no more. */
  readonly loads: readonly string[];
  /** True where packages from outside this repository do not count. */
  readonly outsideIsFree?: boolean;
  /** The modules of Node.js that may be loaded with it. Default: all. */
  readonly builtins?: readonly string[];
  /** True where it must run without Node.js: no `node:` module and no package from outside. */
  readonly everywhere?: boolean;
}

/** The rule of each published package. Heavy packages are absent: they load on first use. */
export const bleedRules: Readonly<Record<string, BleedRule>> = {
  '@aml-auth/core': { loads: [], everywhere: true },
  '@aml-auth/permissions': { loads: ['@aml-auth/core'], everywhere: true },
  // The command line loads it for every token: node:crypto and node:fs wait until a file is read.
  '@aml-auth/token-cache': { loads: ['@aml-auth/core'], builtins: ['node:path'] },
  // It adds 10 ms to the start of a program. node:crypto and node:fs, with the streams behind them, would double that.
  '@aml-auth/credentials': {
    loads: ['@aml-auth/core'],
    builtins: ['node:diagnostics_channel', 'node:events', 'node:path'],
  },
  '@aml-auth/identity-endpoint': { loads: ['@aml-auth/core'] },
  '@aml-auth/rest': { loads: ['@aml-auth/core', 'ky', 'zod'] },
  '@aml-auth/rbac': { loads: ['@aml-auth/core', '@aml-auth/permissions', '@aml-auth/rest', 'ky', 'zod'] },
  // A development tool: it makes certificates and tokens, and is never part of a program that ships.
  '@aml-auth/emulator': { loads: ['@aml-auth/core', '@aml-auth/permissions'], outsideIsFree: true },
  // Started with --version: what a command needs is loaded when it runs.
  '@aml-auth/cli': { loads: ['@aml-auth/core'] },
  // Prompts are loaded when somebody is asked.
  '@aml-auth/create': { loads: [] },
};
