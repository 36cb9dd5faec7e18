import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { fromProcess, type ProcessOptions } from '@aml-auth/credentials';
import { manualClock } from '@aml-auth/core/testing';
import { describeCredential } from '@aml-auth/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programFolder, type ProgramFolder } from '../support/program.js';

const AML = 'https://ml.azure.com/.default';
const TENANT = '11111111-1111-1111-1111-111111111111';

/** Prints a token that tells what it was started with. */
const PRINTS = `
  const asked = Object.entries(process.env).filter(([name]) => name.startsWith('AML_AUTH_')).sort();
  const told = Buffer.from(JSON.stringify([process.argv.slice(2), asked, process.pid])).toString('base64url');
  console.log(JSON.stringify({ version: 1, token: told, expiresIn: 3600 }));`;

let programs: ProgramFolder;
let printing: string;
beforeAll(async () => {
  programs = await programFolder();
  printing = await programs.make('prints a token', PRINTS);
});
afterAll(() => programs.remove());

const subject = (more: Partial<ProcessOptions> = {}) => fromProcess({ program: printing, ...more });
const told = ({ token }: { token: string }) =>
  JSON.parse(Buffer.from(token, 'base64url').toString()) as [string[], [string, string][], number];

describe('fromProcess', () => {
  it('starts the program with its arguments as they are, and what is asked for in its environment', async () => {
    const args = ['--profile', 'a b', '$(id)', '"; rm -rf ~"', ''];
    const credential = subject({ args, additionallyAllowedTenants: ['*'] });
    const claims = '{"access_token":{}}';
    const [seen, asked] = told(await credential.getToken(AML, { tenantId: TENANT, claims, enableCae: true }));
    expect(seen).toEqual(args);
    expect(asked).toEqual([
      ['AML_AUTH_CLAIMS', claims],
      ['AML_AUTH_ENABLE_CAE', '1'],
      ['AML_AUTH_PROTOCOL', '1'],
      ['AML_AUTH_SCOPES', AML],
      ['AML_AUTH_TENANT_ID', TENANT],
    ]);
  });

  it('hands on no variable of an outer run', async () => {
    const env = { AML_AUTH_TENANT_ID: TENANT, AML_AUTH_CLAIMS: '{}', AML_AUTH_ENABLE_CAE: '1' };
    const [, asked] = told(await subject({ env }).getToken(AML));
    expect(Object.fromEntries(asked)).toEqual({
      AML_AUTH_CLAIMS: '',
      AML_AUTH_ENABLE_CAE: '',
      AML_AUTH_PROTOCOL: '1',
      AML_AUTH_SCOPES: AML,
      AML_AUTH_TENANT_ID: '',
    });
  });

  it('starts it once for all callers, and not while the token lasts', async () => {
    const credential = subject();
    const tokens = await Promise.all([1, 2, 3].map(() => credential.getToken(AML)));
    expect(new Set(tokens.map((token) => told(token)[2])).size).toBe(1);
    expect(await credential.getToken(AML)).toBe(tokens[0]);
  });

  it('shows nothing of what it writes to stderr', async () => {
    const program = await programs.make('fails', `console.error('password=S3cret!'); process.exit(4);`);
    const error: unknown = await subject({ program })
      .getToken(AML)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'AML_RESPONSE_INVALID',
      message: expect.stringContaining('ended with exit code 4') as string,
    });
    for (const shown of [inspect(error, { depth: 9 }), JSON.stringify(error)])
      expect(shown).not.toContain('S3cret');
  });

  it('ends a program that takes too long, or that nobody waits for any more', async () => {
    const program = await programs.make('hangs', `setInterval(() => undefined, 1000);`);
    const clock = manualClock();
    const slow = subject({ program, clock, timeLimitMs: 5_000 }).getToken(AML);
    const ended = expect(slow).rejects.toMatchObject({
      code: 'AML_TIMEOUT',
      message: expect.stringContaining('within 5 seconds') as string,
    });
    await expect.poll(() => clock.pending).toBeGreaterThan(0);
    clock.advance(5_000);
    await ended;
    const controller = new AbortController();
    const left = subject({ program }).getToken(AML, { abortSignal: controller.signal });
    controller.abort();
    await expect(left).rejects.toMatchObject({ code: 'AML_CANCELLED' });
  });

  it('leaves no program behind: one that runs is ended, and none is started for nobody', async () => {
    const pids = join(programs.folder, 'pids');
    const program = await programs.make(
      'stays',
      `require('node:fs').appendFileSync(${JSON.stringify(pids)}, process.pid + '\\n');
       if (process.argv[2] === 'stay') setInterval(() => undefined, 1000);
       else console.log(JSON.stringify({ version: 1, token: 'abc', expiresIn: 60 }));`,
    );
    const started = async (): Promise<number[]> => {
      const text = await readFile(pids, 'utf8').catch(() => '');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map(Number);
    };
    const isRunning = (pid: number): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    // Cancelled before the program is started.
    const early = new AbortController();
    const never = subject({ program, args: ['stay'] }).getToken(AML, { abortSignal: early.signal });
    early.abort();
    await expect(never).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    // Cancelled while it runs.
    const late = new AbortController();
    const ended = subject({ program, args: ['stay'] }).getToken(AML, { abortSignal: late.signal });
    await expect.poll(started, { timeout: 20_000 }).toHaveLength(1);
    late.abort();
    await expect(ended).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    const [pid = 0] = await started();
    await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
    // One that is waited for is the second to be started in all.
    await subject({ program }).getToken(AML);
    expect(await started()).toHaveLength(2);
  });

  it('does not wait for a program that its program started', async () => {
    const program = await programs.make(
      'leaves a child',
      `${PRINTS}
      require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 20_000)'], {
        stdio: 'inherit', detached: true }).unref();`,
    );
    expect((await subject({ program, timeLimitMs: 15_000 }).getToken(AML)).tokenType).toBe('Bearer');
  });

  it('reads no more than a token needs', async () => {
    const program = await programs.make('floods', `process.stdout.write('x'.repeat(10_000_000));`);
    await expect(subject({ program }).getToken(AML)).rejects.toMatchObject({
      code: 'AML_RESPONSE_INVALID',
      message: expect.stringContaining('wrote more than a token needs') as string,
    });
  });

  it('lets a chain go on where the program is not there', async () => {
    await expect(subject({ program: `${printing} and more` }).getToken(AML)).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
      disposition: 'skip',
    });
  });

  it('signs in to another tenant only where that is allowed', async () => {
    await expect(
      subject({ tenantId: TENANT }).getToken(AML, { tenantId: 'other.example' }),
    ).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
  });

  it.each([
    [{ program: 'tokens' }],
    [{ program: './tokens' }],
    [{ program: '' }],
    [{ program: '/opt/tokens --all\0' }],
    [{ args: 'a b' as unknown as string[] }],
    [{ args: [1] as unknown as string[] }],
    [{ tenantId: '"; rm -rf ~"' }],
  ])('refuses the options %j', (options) => {
    expect(() => subject(options)).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
  });
});

describeCredential('fromProcess', async () => {
  const folder = await programFolder();
  const program = await folder.make('tokens', PRINTS);
  return {
    credential: fromProcess({ program, env: { PASSWORD: 'S3cret!' } }),
    scope: AML,
    secrets: ['S3cret!'],
    close: () => folder.remove(),
  };
});
