import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amlAuth, type Outcome } from './support/aml-auth.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

interface Diagnosis {
  readonly healthy: boolean;
  readonly findings: readonly { readonly check: string; readonly status: string; readonly next?: string }[];
}

let empty: string;
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterAll(() => rm(empty, { recursive: true }));

/** Runs the doctor inside `emulator run`, with no other program in the PATH. */
function inside(flags: string[], change = ''): Promise<Outcome> {
  const program = `${change}
    import { execFileSync } from 'node:child_process';
    try {
      console.log(execFileSync(process.execPath, [${JSON.stringify(MAIN)}, 'emulator', 'doctor', '-o', 'json'], { encoding: 'utf8' }));
    } catch (error) { console.log(error.stdout); process.exitCode = error.status; }`;
  const args = [
    'emulator',
    'run',
    ...flags,
    '--',
    process.execPath,
    '--input-type=module',
    '--eval',
    program,
  ];
  return amlAuth(args, { env: { PATH: empty } });
}

const failedChecks = ({ stdout }: Outcome): readonly string[] =>
  (JSON.parse(stdout) as Diagnosis).findings
    .filter(({ status }) => status === 'failed')
    .map(({ check }) => check);

describe('aml-auth emulator doctor', () => {
  it.each([[[]], [['--no-proxy']]])('finds nothing wrong inside "emulator run %j"', async (flags) => {
    const outcome = await inside(flags);
    expect([outcome.code, failedChecks(outcome)]).toEqual([0, []]);
    expect((JSON.parse(outcome.stdout) as Diagnosis).healthy).toBe(true);
  });

  it('finds a variable that is missing, and ends with 1', async () => {
    const outcome = await inside([], 'delete process.env.NODE_EXTRA_CA_CERTS;');
    expect(outcome.code).toBe(1);
    expect(failedChecks(outcome)).toContain('NODE_EXTRA_CA_CERTS');
  });

  it('finds requests that would go past the proxy, and does not send one', async () => {
    const outcome = await inside([], 'process.env.no_proxy = ".microsoftonline.com";');
    expect(failedChecks(outcome)).toContain('proxy');
    const { findings } = JSON.parse(outcome.stdout) as Diagnosis;
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'fetch of Node.js', status: 'skipped' }),
    );
  });

  it('finds that none is running, and says how to start one', async () => {
    const { code, stdout } = await amlAuth(['emulator', 'doctor'], { env: { PATH: empty } });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^FAILED {3}emulator: None is known\.\n {9}next: Start one with "aml-auth emulator up"/m,
    );
  });
});
