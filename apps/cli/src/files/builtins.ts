import type * as Crypto from 'node:crypto';
import type * as Fs from 'node:fs';
import type * as FsPromises from 'node:fs/promises';
import type * as Os from 'node:os';

/**
 * Modules of Node.js that are loaded where they are first used, by what every command runs through: a static import of
 * them loads also what hangs on each of their exports, which a token that is kept does not need.
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
