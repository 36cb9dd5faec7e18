import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';

/** The environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder for tokens where none is given: `AML_AUTH_CACHE_DIR`, or the place that the platform has for what can
 * be fetched again: `$XDG_CACHE_HOME/aml-auth` or `~/.cache/aml-auth` (XDG Base Directory Specification 0.8, which
 * has relative paths ignored), `~/Library/Caches/aml-auth`, `%LOCALAPPDATA%\aml-auth\Cache`.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where there is no home directory, or `AML_AUTH_CACHE_DIR` is relative
 */
export function cacheDirectory(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: () => string = homedir,
): string {
  const path = platform === 'win32' ? win32 : posix;
  const named = env['AML_AUTH_CACHE_DIR'];
  if (named !== undefined && named !== '') {
    if (path.isAbsolute(named)) return named;
    throw badDirectory('AML_AUTH_CACHE_DIR is not an absolute path.');
  }
  const given = env[platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_CACHE_HOME'];
  const base = given !== undefined && path.isAbsolute(given) ? given : undefined;
  if (platform === 'win32')
    return path.join(base ?? path.join(homeOf(home), 'AppData', 'Local'), 'aml-auth', 'Cache');
  if (platform === 'darwin') return path.join(homeOf(home), 'Library', 'Caches', 'aml-auth');
  return path.join(base ?? path.join(homeOf(home), '.cache'), 'aml-auth');
}

function homeOf(home: () => string): string {
  let path = '';
  try {
    path = home();
  } catch {
    // No entry for the user: the same as none.
  }
  if (path !== '') return path;
  throw badDirectory('There is no home directory to keep tokens in.');
}

function badDirectory(message: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message,
    remedy: 'Set AML_AUTH_CACHE_DIR to an absolute path that only this user can read.',
  });
}
