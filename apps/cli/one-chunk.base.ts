import { relative } from 'node:path';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

const NAMESPACE = 'loaded-on-demand';

/**
 * Keeps the files, and all that they import, together. esbuild makes a chunk of modules that the same dynamic imports lead
 * to, so that what many commands share falls into dozens of little ones, each of which costs a start a third of a
 * millisecond. Here every dynamic import leads to these files too. The first of them, which imports the others on demand,
 * is a chunk; what else there is of them is another one, which is loaded when a command is.
 *
 * @param files - relative to the folder of the package. They must not wait for a dynamic import while they are evaluated:
 *   they would wait for themselves
 */
export function oneChunk(files: readonly string[]): Plugin {
  const together = files.map((file) => `import './${file}';`);
  return {
    name: 'one-chunk',
    setup(build) {
      const folder = process.cwd();
      build.onResolve({ filter: /^\./ }, async ({ path, kind, ...from }) => {
        if (kind !== 'dynamic-import') return undefined;
        const found = await build.resolve(path, { ...from, kind: 'import-statement' });
        if (found.errors.length > 0) return found;
        // Relative: the path is a part of what the names of chunks are made from.
        const file = relative(folder, found.path).replaceAll('\\', '/');
        return files.includes(file) ? found : { path: file, namespace: NAMESPACE };
      });
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
        contents: [...together, `export * from './${path}';`].join('\n'),
        resolveDir: folder,
      }));
    },
  };
}
