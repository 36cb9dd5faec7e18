import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the emulator of this user keeps what outlives a process: `XDG_STATE_HOME`, which is
 * `~/.local/state` by default (XDG Base Directory Specification), and `LOCALAPPDATA` on Windows.
 */
export function stateFolder(
  env: Readonly<Partial<Record<string, string>>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const base =
    platform === 'win32'
      ? (env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'))
      : (absolute(env['XDG_STATE_HOME']) ?? join(env['HOME'] ?? homedir(), '.local', 'state'));
  return join(base, 'aml-auth', 'emulator');
}

/** The specification has relative paths ignored. */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') === true ? path : undefined;
}
