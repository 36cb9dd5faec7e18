import type { Environment } from '../file/cache-directory.js';
import type { KeySource } from '../sealing/key-source.js';
import { environmentKeys, KEY_VARIABLE } from './environment-keys.js';
import { kernelKeys } from './kernel-keys.js';
import { keyringKeys } from './keyring-keys.js';
import { passphraseKeys } from './passphrase-keys.js';

/** The variable that names the passphrase file. */
const PASSPHRASE_VARIABLE = 'AML_AUTH_CACHE_PASSPHRASE_FILE';

/**
 * The sources that are tried in turn: what the user has set by name first (`AML_AUTH_CACHE_KEY`, then
 * `AML_AUTH_CACHE_PASSPHRASE_FILE`), then the keyring of the system, then that of the Linux kernel.
 */
export function defaultKeySources(
  directory: string,
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): readonly KeySource[] {
  const file = env[PASSPHRASE_VARIABLE];
  return [
    ...(isSet(env[KEY_VARIABLE]) ? [environmentKeys(env)] : []),
    ...(isSet(file) ? [passphraseKeys({ file, directory })] : []),
    keyringKeys(),
    ...(platform === 'linux' ? [kernelKeys()] : []),
  ];
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
