import type * as Crypto from 'node:crypto';
import type * as Fs from 'node:fs';
import type * as FsPromises from 'node:fs/promises';
import type * as Os from 'node:os';

/**
 * Modules of Node.js that are loaded where they are first used. A static import of `node:crypto` or `node:fs` loads it,
 * and the streams behind it, at the start of every program that imports this package: most of what the import costs.
 * A dynamic import would spare that too, but make all asynchronous that factories check at once.
 */
export const builtins = {
  get crypto(): typeof Crypto {
    return process.getBuiltinModule('node:crypto');
  },
  get fs(): typeof Fs {
    return process.getBuiltinModule('node:fs');
  },
  get fsPromises(): typeof FsPromises {
    return process.getBuiltinModule('node:fs/promises');
  },
  get os(): typeof Os {
    return process.getBuiltinModule('node:os');
  },
};
