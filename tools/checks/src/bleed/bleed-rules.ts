/** What importing a library, or starting a program, may load beside itself. */
export interface BleedRule {
  /** Other packages that may be loaded, and no more. */
  readonly loads: readonly string[];
  /** True where packages from outside this repository do not count. */
  readonly outsideIsFree?: boolean;
  /** True where it must run without Node.js: no `node:` module and no package from outside. */
  readonly everywhere?: boolean;
}

/** The rule of each published package. Heavy packages are absent: they load on first use. */
export const bleedRules: Readonly<Record<string, BleedRule>> = {
  '@aml-auth/core': { loads: [], everywhere: true },
  '@aml-auth/permissions': { loads: ['@aml-auth/core'], everywhere: true },
  '@aml-auth/token-cache': { loads: ['@aml-auth/core'] },
  '@aml-auth/credentials': { loads: ['@aml-auth/core'] },
  '@aml-auth/identity-endpoint': { loads: ['@aml-auth/core'] },
  '@aml-auth/rest': { loads: ['@aml-auth/core', 'ky', 'zod'] },
  '@aml-auth/rbac': { loads: ['@aml-auth/core', '@aml-auth/permissions', '@aml-auth/rest', 'ky', 'zod'] },
  // A development tool: it makes certificates and tokens, and is never part of a program that ships.
  '@aml-auth/emulator': { loads: ['@aml-auth/core', '@aml-auth/permissions'], outsideIsFree: true },
  // Started with --version: what a command needs is loaded when it runs.
  '@aml-auth/cli': { loads: ['@aml-auth/core'] },
};
