import { AmlAuthError } from '@aml-auth/core';
import type { Environment } from '../lib/settings.js';
import { browserCommands, headlessReason, type BrowserCommand } from './browser-commands.js';

/**
 * Opens the address in a browser of this machine, by a program that is started without a shell.
 * `@azure/core-process` keeps to safe entries of the PATH.
 *
 * @returns a promise that stays open while the program runs or has ended well: only a failure is news
 * @throws {AmlAuthError} `AML_UNAVAILABLE` (a chain goes on) where there is no browser
 */
export async function openBrowser(
  url: string,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<never> {
  const reason = headlessReason(platform, env);
  if (reason !== undefined) throw unavailable(`No browser can be opened: ${reason}.`);
  const tried: string[] = [];
  for (const command of browserCommands(platform, env)) {
    const problem = await start(command, url, env);
    tried.push(`${command.program} ${problem}`);
  }
  throw unavailable(`No browser could be opened: ${tried.join(', ')}.`);
}

/** Resolves with what went wrong. */
async function start({ program, before }: BrowserCommand, url: string, env: Environment): Promise<string> {
  const { spawn } = await import('@azure/core-process');
  return new Promise((resolve) => {
    const failed = ({ code }: NodeJS.ErrnoException): void => {
      resolve(`cannot be started (${code ?? 'unknown'})`);
    };
    try {
      // On its own: it outlives this program, and an interrupt of the terminal is not for it.
      const child = spawn(program, [...before, url], { detached: true, env: { ...env }, stdio: 'ignore' });
      child.on('error', failed);
      child.on('exit', (code) => {
        if (code !== null && code !== 0) resolve(`ended with exit code ${code}`);
      });
      child.unref();
    } catch (error) {
      failed(error as NodeJS.ErrnoException);
    }
  });
}

function unavailable(message: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_UNAVAILABLE',
    message,
    remedy: 'Use fromDeviceCode() here, or give openBrowser a function that shows the address to the person.',
  });
}
