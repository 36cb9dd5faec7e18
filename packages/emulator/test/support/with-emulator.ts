import { startEmulator, type Emulator, type EmulatorOptions } from '@aml-auth/emulator';
import { afterAll, beforeAll, beforeEach } from 'vitest';

/** One emulator for a test file, put back to its start before every test. */
export function withEmulator(options: EmulatorOptions = {}): () => Emulator {
  let emulator: Emulator | undefined;
  let start: ReturnType<Emulator['snapshot']> | undefined;
  beforeAll(async () => {
    emulator = await startEmulator(options);
    start = emulator.snapshot();
  });
  beforeEach(() => {
    if (start !== undefined) emulator?.restore(start);
  });
  afterAll(() => emulator?.close());
  return () => {
    if (emulator === undefined) throw new Error('The emulator is not running.');
    return emulator;
  };
}
