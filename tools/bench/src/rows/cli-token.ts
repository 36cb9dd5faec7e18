import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from '@aml-auth/emulator';
import { cliMain } from '../measure/cli-main.ts';
import { interleave } from '../measure/interleave.ts';
import { withTimeStart, type Environment, type TimeStart } from '../measure/time-start.ts';
import type { BenchRow } from '../row.ts';

/** A token that is kept, sealed with a key of the environment, beside the start of Node.js alone. */
export const cliToken: BenchRow = {
  title: 'aml-auth token, kept',
  async measure({ emulator, rounds }) {
    const home = await mkdtemp(join(tmpdir(), 'aml-auth-bench-'));
    try {
      return await withTimeStart(async (timeStart) => {
        const env = await signedIn(emulator, home, timeStart);
        const { ours, bare } = await interleave(
          { ours: () => timeStart([cliMain(), 'token'], env), bare: () => timeStart(['--eval', ''], env) },
          rounds,
        );
        return { unit: 'ms of CPU', ours, peers: { 'bare node': bare } };
      });
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  },
};

/** Signs an application in, which keeps its first token. Later commands need neither the emulator nor the secret. */
async function signedIn(emulator: Emulator, home: string, timeStart: TimeStart): Promise<Environment> {
  const env: Environment = {
    PATH: process.env['PATH'],
    HOME: home,
    AML_AUTH_CONFIG_DIR: join(home, 'config'),
    AML_AUTH_CACHE_DIR: join(home, 'tokens'),
    AML_AUTH_CACHE_KEY: `k1:${randomBytes(32).toString('base64')}`,
  };
  const { clientId, tenantId } = emulator.app('trainer');
  const login = ['login', '--service-principal', '--client-id', clientId, '--tenant', tenantId, '-o', 'none'];
  await timeStart([cliMain(), ...login], { ...env, ...emulator.env('trainer') });
  return env;
}
