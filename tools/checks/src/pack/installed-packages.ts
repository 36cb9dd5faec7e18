import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Manifest } from '../workspace/read-projects.ts';

/** A package that an installation brought, ours or another's. */
export interface InstalledPackage {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** What pnpm installed for the project in the folder, all of it. */
export function installedPackages(home: string): Promise<readonly InstalledPackage[]> {
  return packagesIn(join(home, 'node_modules/.pnpm'), '*/node_modules/{*,@*/*}/package.json');
}

/** What npm installed in the folder, all of it: packages, and those that it put below them. */
export function npmPackages(home: string): Promise<readonly InstalledPackage[]> {
  return packagesIn(home, '**/node_modules/{*,@*/*}/package.json');
}

async function packagesIn(store: string, pattern: string): Promise<readonly InstalledPackage[]> {
  const packages: InstalledPackage[] = [];
  for await (const file of glob(pattern, { cwd: store })) {
    const manifest = JSON.parse(await readFile(join(store, file), 'utf8')) as Manifest;
    packages.push({ folder: dirname(join(store, file)), manifest });
  }
  return packages;
}

/** Scripts that package managers run by themselves when somebody installs from a registry. */
const AUTOMATIC = ['preinstall', 'install', 'postinstall'];
/** Licences that let users of an MIT library do as they did. MPL-2.0 binds changes of its own files alone. */
const ACCEPTED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MPL-2.0',
]);

/** Packages that would run something on the user's machine when installed, or whose licence was not looked at. */
export function installedProblems(packages: readonly InstalledPackage[]): readonly string[] {
  return packages.flatMap(({ folder, manifest }) => {
    const { name, version = '', scripts = {}, license } = manifest;
    const problems = AUTOMATIC.filter((script) => script in scripts).map(
      (script) => `the script "${script}"`,
    );
    if (existsSync(join(folder, 'binding.gyp'))) problems.push('native code that is built when installed');
    if (license === undefined || !ACCEPTED.has(license))
      problems.push(`the licence ${license ?? 'of no name'}`);
    return problems.map((problem) => `${name}@${version}, which comes with it, has ${problem}`);
  });
}
