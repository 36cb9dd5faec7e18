/** How large a package may be. A change that needs more raises the number here, and says why in its commit. */
export interface Budget {
  /** The tarball, in kB (1000 bytes). */
  readonly packed: number;
  /** Its files, in kB. */
  readonly unpacked: number;
  /** Its main entry with all that it needs, bundled and minified, in kB. 0 for a program. */
  readonly bundled: number;
  /** Files that an import of its main entry loads, of every package; for a program, those of `--version`. */
  readonly modules: number;
}

/** The budget of each published package: what it was when it was set, and about a quarter more; no further module. */
export const budgets: Readonly<Record<string, Budget>> = {
  '@aml-auth/cli': { packed: 600, unpacked: 2350, bundled: 0, modules: 1 },
  '@aml-auth/core': { packed: 100, unpacked: 330, bundled: 40, modules: 1 },
  '@aml-auth/credentials': { packed: 300, unpacked: 1120, bundled: 620, modules: 3 },
  '@aml-auth/create': { packed: 100, unpacked: 400, bundled: 0, modules: 2 },
  '@aml-auth/emulator': { packed: 880, unpacked: 3420, bundled: 1780, modules: 540 },
  '@aml-auth/identity-endpoint': { packed: 20, unpacked: 60, bundled: 20, modules: 2 },
  '@aml-auth/permissions': { packed: 170, unpacked: 670, bundled: 110, modules: 2 },
  '@aml-auth/rbac': { packed: 260, unpacked: 1050, bundled: 1460, modules: 150 },
  '@aml-auth/rest': { packed: 210, unpacked: 820, bundled: 310, modules: 150 },
  '@aml-auth/token-cache': { packed: 130, unpacked: 450, bundled: 70, modules: 2 },
};
