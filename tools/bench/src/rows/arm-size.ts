import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { installedPackages } from '../measure/installed-packages.ts';
import { folderOf } from '../measure/folder-of.ts';
import type { BenchRow } from '../row.ts';

const CLIENTS = { ours: '@aml-auth/rest', '@azure/arm-machinelearning': '@azure/arm-machinelearning' };

/** What a client of Resource Manager brings along, and what is left of it in a bundle. */
export const armInstalled: BenchRow = {
  title: 'client of Azure ML, installed',
  measure() {
    const found = Object.entries(CLIENTS).map(
      ([name, path]) => [name, installedPackages(folderOf(path))] as const,
    );
    const { ours = Number.NaN, ...peers } = Object.fromEntries(
      found.map(([name, list]) => [name, list.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000]),
    );
    const notes = Object.fromEntries(found.map(([name, list]) => [name, `${list.length} packages`]));
    return Promise.resolve({ unit: 'MB', ours, peers, notes });
  },
};

/** The same in a bundle for production. */
export const armBundled: BenchRow = {
  title: 'client of Azure ML, bundled',
  async measure() {
    const sizes: Record<string, number> = {};
    const notes: Record<string, string> = {};
    for (const [name, path] of Object.entries(CLIENTS)) {
      const { outputFiles } = await build({
        stdin: { contents: `export * from '${path}';`, resolveDir: import.meta.dirname },
        bundle: true,
        minify: true,
        platform: 'node',
        format: 'esm',
        write: false,
        logLevel: 'silent',
      });
      const bytes = outputFiles[0]?.contents ?? new Uint8Array();
      sizes[name] = bytes.length / 1000;
      notes[name] = `${Math.round(gzipSync(bytes).length / 1000)} kB gzipped`;
    }
    const { ours = Number.NaN, ...peers } = sizes;
    return { unit: 'kB', ours, peers, notes };
  },
};
