import { isAbsolute } from 'node:path';
import type { Environment } from '../lib/settings.js';

/** A program to start, with its arguments before the address. */
export interface BrowserCommand {
  readonly program: string;
  readonly before: readonly string[];
}

/**
 * The programs that open an address, the preferred one first. `BROWSER` counts where it is the absolute
 * path of a program; other forms (lists, patterns, command lines) would need a shell.
 */
export function browserCommands(platform: NodeJS.Platform, env: Environment): readonly BrowserCommand[] {
  const own = ownBrowser(env);
  if (own !== undefined) return [{ program: own, before: [] }];
  if (platform === 'darwin') return [{ program: '/usr/bin/open', before: [] }];
  if (platform === 'win32') {
    const root = env['SystemRoot'] ?? env['SYSTEMROOT'] ?? String.raw`C:\Windows`;
    const program = String.raw`${root}\System32\rundll32.exe`;
    return [{ program, before: ['url.dll,FileProtocolHandler'] }];
  }
  const linux = { program: 'xdg-open', before: [] };
  return isWsl(env) ? [{ program: 'wslview', before: [] }, linux] : [linux];
}

/**
 * Why a browser on this machine would be seen by nobody; undefined where one can be.
 */
export function headlessReason(platform: NodeJS.Platform, env: Environment): string | undefined {
  if (ownBrowser(env) !== undefined) return undefined;
  const isSet = (name: string): boolean => env[name] !== undefined && env[name] !== '';
  if (isSet('CI') && env['CI'] !== 'false') return 'this is a CI job (CI is set)';
  const hasDisplay = isSet('DISPLAY') || isSet('WAYLAND_DISPLAY');
  if (isSet('SSH_CONNECTION') && !hasDisplay) return 'this is an SSH session';
  const ownsScreen = platform === 'win32' || platform === 'darwin' || isWsl(env);
  if (ownsScreen || hasDisplay) return undefined;
  return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
}

function ownBrowser({ BROWSER: program }: Environment): string | undefined {
  return program !== undefined && isAbsolute(program) ? program : undefined;
}

/** Windows Subsystem for Linux: its browser is that of Windows. */
function isWsl({ WSL_DISTRO_NAME: name, WSL_INTEROP: interop }: Environment): boolean {
  return Boolean(name) || Boolean(interop);
}
