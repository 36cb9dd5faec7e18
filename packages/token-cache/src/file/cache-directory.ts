import { posix, win32 } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import { builtins } from '../lib/builtins.js';

/** The environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder for tokens where none is given: `AML_AUTH_CACHE_DIR`, or the place that the platform has for what can
 * be fetched again: `$XDG_CACHE_HOME/aml-auth` or `~/.cache/aml-auth` (XDG Base Directory Specification 0.8, which
 * has relative paths ignored), `~/Library/Caches/aml-auth`, `%LOCALAPPDATA%\aml-auth\Cache`.
 *
 * @returns undefined where there is no home directory
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where `AML_AUTH_CACHE_DIR` is relative
 */
export function cacheDirectory(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: () => string = () => builtins.os.homedir(),
): string | undefined {
  const path = platform === 'win32' ? win32 : posix;
  const named = env['AML_AUTH_CACHE_DIR'];
  if (named !== undefined && named !== '') {
    if (path.isAbsolute(named)) return named;
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'AML_AUTH_CACHE_DIR is not an absolute path.',
      remedy: 'Set AML_AUTH_CACHE_DIR to an absolute path that only this user can read.',
    });
  }
  const { variable, below, name } = PLACES[platform] ?? XDG;
  const base = variable === undefined ? undefined : env[variable];
  if (base !== undefined && path.isAbsolute(base)) return path.join(base, ...name);
  const user = homeOf(home);
  return user === undefined ? undefined : path.join(user, ...below, ...name);
}

interface Place {
  /** The variable that names the folder for caches. */
  readonly variable?: string;
  /** That folder, below the home directory. */
  readonly below: readonly string[];
  readonly name: readonly string[];
}

const XDG: Place = { variable: 'XDG_CACHE_HOME', below: ['.cache'], name: ['aml-auth'] };
const PLACES: Partial<Record<NodeJS.Platform, Place>> = {
  darwin: { below: ['Library', 'Caches'], name: ['aml-auth'] },
  win32: { variable: 'LOCALAPPDATA', below: ['AppData', 'Local'], name: ['aml-auth', 'Cache'] },
};

function homeOf(home: () => string): string | undefined {
  try {
    return home() || undefined;
  } catch {
    // No entry for the user: the same as none.
    return undefined;
  }
}
