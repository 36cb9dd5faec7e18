import { folderOf } from '../measure/folder-of.ts';
import { installedPackages } from '../measure/installed-packages.ts';
import type { BenchRow } from '../row.ts';

const MEGABYTE = 1_000_000;

/** What one installation brings along. */
export const installedSize: BenchRow = {
  title: 'installed with all dependencies',
  measure() {
    const names = {
      ours: '@aml-auth/credentials',
      '@azure/identity': '@azure/identity',
      '@azure/msal-node': '@azure/msal-node',
    };
    const found = Object.entries(names).map(
      ([name, path]) => [name, installedPackages(folderOf(path))] as const,
    );
    const sizes = Object.fromEntries(
      found.map(([name, list]) => [name, list.reduce((sum, { bytes }) => sum + bytes, 0) / MEGABYTE]),
    );
    const notes = Object.fromEntries(found.map(([name, list]) => [name, `${list.length} packages`]));
    const { ours = Number.NaN, ...peers } = sizes;
    return Promise.resolve({ unit: 'MB', ours, peers, notes });
  },
};
