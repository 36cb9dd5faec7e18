import { resolve } from 'node:path';
import { build } from 'esbuild';
import { packageOf } from './loaded-packages.ts';

/** What a bundler finds behind an entry point. */
export interface Bundled {
  readonly packages: ReadonlySet<string>;
  /** Why it cannot be bundled for a platform without Node.js. */
  readonly errors: readonly string[];
}

/** Bundles the file with all it imports, dynamically too, for no platform in particular. */
export async function bundledPackages(entry: string): Promise<Bundled> {
  try {
    const { metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      outdir: 'unused',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    return {
      packages: new Set(Object.keys(metafile.inputs).map((input) => packageOf(resolve(input)))),
      errors: [],
    };
  } catch (error) {
    const { errors } = error as { errors?: readonly { text: string }[] };
    if (errors === undefined) throw error;
    return { packages: new Set(), errors: errors.map(({ text }) => text) };
  }
}
