import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { startEmulator, type Emulator, type EmulatorOptions } from '@aml-auth/emulator';
import { afterAll, beforeAll } from 'vitest';

/** Made by the first command in a profile. */
const INDEX = 'commandIndex.json';
const LIBRARY_FIX = fileURLToPath(new URL('az-library-fix', import.meta.url));

/** How az ended, and what it wrote. */
export interface AzOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Azure CLI with a profile of its own, through the proxy of an emulator. */
export interface Az {
  /** What it runs with, for a program that starts it. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs az to its end, whatever that is. `onStderr` gets the text so far. */
  run(args: readonly string[], onStderr?: (text: string) => void): Promise<AzOutcome>;
  /** What az prints with `--output json`. Throws where az fails. */
  json(...args: string[]): Promise<unknown>;
}

/** An emulator in proxy mode for a test file, and Azure CLI in an environment that leads there. */
export interface AzTest {
  readonly emulator: Emulator;
  /** Azure CLI with an empty profile, and with more variables where they are given. */
  readonly newAz: (more?: Readonly<Record<string, string>>) => Promise<Az>;
  /** Hosts that the proxy turned away since the emulator started. */
  readonly refused: readonly string[];
}

/** One {@link AzTest} for a test file. Its az sees nothing of the user's environment but the PATH. */
export function withAz(options: EmulatorOptions = {}): () => AzTest {
  const refused: string[] = [];
  const profiles: string[] = [];
  let emulator: Emulator | undefined;
  beforeAll(async () => {
    const log = (fields: Readonly<Record<string, unknown>>): void => {
      if (fields['event'] === 'emulator.proxy.refused') refused.push(String(fields['host']));
    };
    emulator = await startEmulator({
      proxy: true,
      logger: { debug: () => undefined, info: log, warn: log, error: log },
      ...options,
    });
  });
  afterAll(async () => {
    await emulator?.close();
    for (const profile of profiles) await rm(profile, { recursive: true, force: true });
  });
  return () => {
    const running = emulator;
    if (running === undefined) throw new Error('The emulator is not running.');
    return {
      emulator: running,
      refused,
      async newAz(more = {}) {
        const profile = await mkdtemp(join(tmpdir(), 'aml-auth-az-'));
        const [first] = profiles;
        profiles.push(profile);
        // The index of its commands takes az longer to make than most commands. It says nothing of who is signed in.
        if (first !== undefined)
          await copyFile(join(first, INDEX), join(profile, INDEX)).catch(() => undefined);
        return createAz({
          PATH: process.env['PATH'] ?? '',
          HOME: profile,
          ...running.clientEnv('az'),
          AZURE_CONFIG_DIR: profile,
          PYTHONDONTWRITEBYTECODE: '1',
          ...more,
          PYTHONPATH: [LIBRARY_FIX, process.env['PYTHONPATH']].filter(Boolean).join(delimiter),
        });
      },
    };
  };
}

function createAz(env: Readonly<Record<string, string>>): Az {
  async function run(args: readonly string[], onStderr?: (text: string) => void): Promise<AzOutcome> {
    const child = spawn('az', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      stderr += part;
      onStderr?.(stderr);
    });
    const [stdout, [code]] = await Promise.all([
      text(child.stdout),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    return { code, stdout, stderr };
  }

  return {
    env,
    run,
    async json(...args) {
      const { code, stdout, stderr } = await run([...args, '--output', 'json']);
      if (code !== 0) throw new Error(`az ${args.join(' ')} ended with ${code}: ${stderr}`);
      return stdout.trim() === '' ? undefined : (JSON.parse(stdout) as unknown);
    },
  };
}
