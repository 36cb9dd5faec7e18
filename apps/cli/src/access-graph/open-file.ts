import { spawn } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import type { Environment } from '../files/config-folder.js';

/**
 * Opens an address in a browser of this machine, by a program that is started without a shell: that of `BROWSER` where
 * it is an absolute path, else the one that the platform has for it.
 *
 * @throws {AmlAuthError} `AML_UNAVAILABLE` where the program cannot be started
 */
export async function openFile(
  url: string,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  const [program, ...before] = openerOf(env, platform);
  await new Promise<void>((resolve, reject) => {
    // On its own: it outlives this program, and an interrupt of the terminal is not for it.
    const child = spawn(program, [...before, url], { detached: true, env: { ...env }, stdio: 'ignore' });
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
    child.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new AmlAuthError({
          code: 'AML_UNAVAILABLE',
          message: `The page could not be opened: ${program} cannot be started (${cause.code ?? 'unknown'}).`,
          remedy: `Open it yourself: ${url}`,
          cause,
        }),
      );
    });
  });
}

/** The program and its arguments before the address. */
export function openerOf(env: Environment, platform: NodeJS.Platform): readonly [string, ...string[]] {
  const own = env['BROWSER'];
  if (own !== undefined && isAbsolute(own)) return [own];
  if (platform === 'darwin') return ['/usr/bin/open'];
  if (platform === 'win32') {
    const root = env['SystemRoot'] ?? String.raw`C:\Windows`;
    return [String.raw`${root}\System32\rundll32.exe`, 'url.dll,FileProtocolHandler'];
  }
  return ['xdg-open'];
}
