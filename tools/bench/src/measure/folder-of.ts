import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder of an installed package, also of one that exports no `package.json`. */
export function folderOf(name: string): string {
  const require = createRequire(import.meta.url);
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return dirname(require.resolve(join(folder, name, 'package.json')));
    } catch {
      // The next folder.
    }
  }
  throw new Error(`${name} is not installed`);
}
