import { posix, win32 } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import { builtins } from './builtins.js';

/** The environment variables of a process. */
export type Environment = Readonly<Partial<Record<string, string>>>;

/**
 * The folder for settings and accounts: `AML_AUTH_CONFIG_DIR`, or the place that the platform has for them:
 * `$XDG_CONFIG_HOME/aml-auth` or `~/.config/aml-auth` (XDG Base Directory Specification 0.8, which has relative paths
 * ignored), `~/Library/Application Support/aml-auth`, `%APPDATA%\aml-auth`.
 *
 * @returns undefined where there is no home directory
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where `AML_AUTH_CONFIG_DIR` is relative
 */
export function configFolder(
  env: Environment,
  platform: NodeJS.Platform = process.platform,
  home: () => string = () => builtins.os.homedir(),
): string | undefined {
  const path = platform === 'win32' ? win32 : posix;
  const named = env['AML_AUTH_CONFIG_DIR'];
  if (named !== undefined && named !== '') {
    if (path.isAbsolute(named)) return named;
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'AML_AUTH_CONFIG_DIR is not an absolute path.',
      remedy: 'Set AML_AUTH_CONFIG_DIR to an absolute path that only you can write to.',
    });
  }
  if (platform === 'darwin') return below(home, ['Library', 'Application Support', 'aml-auth']);
  const base = platform === 'win32' ? env['APPDATA'] : env['XDG_CONFIG_HOME'];
  if (base !== undefined && path.isAbsolute(base)) return path.join(base, 'aml-auth');
  const names = platform === 'win32' ? ['AppData', 'Roaming', 'aml-auth'] : ['.config', 'aml-auth'];
  return below(home, names, path);
}

function below(home: () => string, names: readonly string[], path = posix): string | undefined {
  try {
    const user = home();
    return user === '' ? undefined : path.join(user, ...names);
  } catch {
    // No entry for the user: the same as none.
    return undefined;
  }
}
