import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** A script in one file, which a plain Node.js process can run. */
export interface BundledScript {
  readonly url: URL;
  remove(): Promise<void>;
}

/** Bundles a script with the sources of this repository as they are. */
export async function bundledScript(script: URL): Promise<BundledScript> {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  const outfile = join(folder, 'script.mjs');
  await build({
    entryPoints: [fileURLToPath(script)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@aml-auth/source'],
    // Packages of others that are CommonJS ask for modules of Node.js in their own way.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return { url: pathToFileURL(outfile), remove: () => rm(folder, { recursive: true, force: true }) };
}
