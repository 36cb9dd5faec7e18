import type * as AsyncHooks from 'node:async_hooks';
import type * as ChildProcess from 'node:child_process';
import type * as Crypto from 'node:crypto';
import type * as Fs from 'node:fs';
import type * as FsPromises from 'node:fs/promises';
import type * as Os from 'node:os';
import type * as TimersPromises from 'node:timers/promises';

/**
 * Modules of Node.js that are loaded where they are first used. A static import of them loads also what hangs on each
 * of their exports, streams and Web Crypto among it: most of what an import of this package would cost.
 */
export const builtins = {
  get asyncHooks(): typeof AsyncHooks {
    return process.getBuiltinModule('node:async_hooks');
  },
  get childProcess(): typeof ChildProcess {
    return process.getBuiltinModule('node:child_process');
  },
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
  get timersPromises(): typeof TimersPromises {
    return process.getBuiltinModule('node:timers/promises');
  },
};
