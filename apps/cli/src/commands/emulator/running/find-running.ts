import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import { parseRunningEmulator, type RunningEmulator } from './running-emulator.js';

/** The emulators of this user that run now. Files of processes that are gone are removed. */
export async function listRunning(folder: string): Promise<readonly RunningEmulator[]> {
  const names = await readdir(folder).catch(() => []);
  const found: RunningEmulator[] = [];
  for (const name of names.filter((entry) => entry.endsWith('.json')).sort()) {
    const path = join(folder, name);
    const running = parseRunningEmulator(await readFile(path, 'utf8').catch(() => ''));
    if (running !== undefined && isAlive(running.pid)) found.push(running);
    else await rm(path, { force: true });
  }
  return found;
}

/**
 * The emulator that a command is about.
 *
 * @param url - its address, where there may be several
 * @throws {AmlAuthError} `AML_NOT_FOUND` where none runs (there), `AML_CONFIG_INVALID` where several do and
 * none is named
 */
export function selectRunning(running: readonly RunningEmulator[], url: string | undefined): RunningEmulator {
  const wanted = url === undefined ? undefined : URL.parse(url)?.origin;
  const matching = url === undefined ? running : running.filter(({ origin }) => origin === wanted);
  const [only, another] = matching;
  if (only === undefined) {
    throw new AmlAuthError({
      code: 'AML_NOT_FOUND',
      message:
        url === undefined
          ? 'No emulator of this user is running.'
          : `No emulator of this user is running at ${url}.`,
      remedy: 'Start one with "aml-auth emulator up" in another terminal.',
    });
  }
  if (another === undefined) return only;
  const origins = matching.map(({ origin }) => origin).join(', ');
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `Several emulators are running: ${origins}.`,
    remedy: `Say which one is meant, such as --url ${only.origin}`,
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // The process is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
