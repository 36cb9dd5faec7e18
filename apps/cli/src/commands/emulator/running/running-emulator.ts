import type { EmulatorClient } from '@aml-auth/emulator';

/** What a running `aml-auth emulator up` tells other commands of itself. */
export interface RunningEmulator {
  readonly version: 1;
  readonly pid: number;
  /** `https://localhost:PORT`. */
  readonly origin: string;
  readonly proxy: boolean;
  /** ISO 8601. */
  readonly startedAt: string;
  /** The file with its certificate authority. */
  readonly ca: string;
  /** The variables of each client. They hold the secrets of the emulator's applications. */
  readonly clients: Readonly<Record<EmulatorClient, Readonly<Record<string, string>>>>;
}

/** Reads what was written by another process; undefined for anything else. */
export function parseRunningEmulator(text: string): RunningEmulator | undefined {
  try {
    const value = JSON.parse(text) as Partial<RunningEmulator> | null;
    const isOne =
      value?.version === 1 &&
      typeof value.pid === 'number' &&
      typeof value.origin === 'string' &&
      typeof value.ca === 'string' &&
      typeof value.clients === 'object';
    return isOne ? (value as RunningEmulator) : undefined;
  } catch {
    return undefined;
  }
}
