import { readFile } from 'node:fs/promises';
import { AmlAuthError, type Logger } from '@aml-auth/core';
import { startEmulator, type Emulator } from '@aml-auth/emulator';
import type { EmulatorFlags } from './emulator-flags.js';

/** What the flags do not say. */
export interface StartOptions {
  readonly logger?: Logger;
  readonly stateDir?: string | undefined;
}

/**
 * Starts the emulator that the flags describe.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the seed file cannot be read or used
 */
export async function startFromFlags(flags: EmulatorFlags, options: StartOptions = {}): Promise<Emulator> {
  const { port, seed, proxy, passthrough } = flags;
  return startEmulator({
    port,
    proxy,
    passthrough,
    ...options,
    ...(seed === undefined ? {} : { seed: await readSeed(seed) }),
  });
}

/** @throws {AmlAuthError} `AML_CONFIG_INVALID` where the file cannot be read */
export async function readSeed(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The seed file ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      remedy: 'Check the path, or leave --seed out to use the demo data.',
      cause: error,
    });
  }
}
