import { join } from 'node:path';
import { builtins } from '../files/builtins.js';
import { configFolder, type Environment } from '../files/config-folder.js';

/**
 * `lang` of the user's settings. It is wanted before anything can be said, so that a file that cannot be read is none
 * here; commands that need it say what is wrong with it.
 */
export function readLanguage(env: Environment): string | undefined {
  try {
    const folder = configFolder(env);
    if (folder === undefined) return undefined;
    const { lang } = JSON.parse(builtins.fs.readFileSync(join(folder, 'config.json'), 'utf8')) as {
      readonly lang?: unknown;
    };
    return typeof lang === 'string' ? lang : undefined;
  } catch {
    return undefined;
  }
}
