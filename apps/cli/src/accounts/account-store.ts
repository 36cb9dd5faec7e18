import { fileTokenStore, type FileTokenStore } from '@aml-auth/token-cache';
import type { Environment } from '../files/config-folder.js';
import { processClock } from '../process-clock.js';

/** The token store of this user's commands: sealed files, or memory where there is no key for them. */
export function accountStore(env: Environment, plaintext = false): FileTokenStore {
  return fileTokenStore({ env, clock: processClock, unsafeAllowPlaintext: plaintext });
}
