import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { inspect } from 'node:util';
import { explain } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { fromAzureCli, fromProcess } from '@aml-auth/credentials';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { azStandIn, PRINTS_TOKEN, type AzStandIn } from '../support/az-stand-in.js';
import { programFolder } from '../support/program.js';
import { failureOf } from '../support/outcome.js';

const AML = 'https://ml.azure.com/.default';

let az: AzStandIn;
beforeEach(async () => {
  az = await azStandIn();
});
afterEach(() => az.remove());

describe('az', () => {
  it.each([
    ['az.cmd in the working folder', ''],
    ['az in a relative entry of the PATH', 'bin'],
    ['az in an empty entry of the PATH', `${delimiter}${delimiter}`],
  ])('is not run as %s', async (_what, path) => {
    const home = az.env['HOME'] ?? '';
    const ran = join(home, 'ran');
    await mkdir(join(home, 'work', 'bin'), { recursive: true });
    for (const name of ['az', 'az.cmd', 'bin/az']) {
      const file = join(home, 'work', name);
      await writeFile(
        file,
        `#!${process.execPath}\nrequire('node:fs').writeFileSync(${JSON.stringify(ran)}, '');`,
      );
      await chmod(file, 0o700);
    }
    const cwd = vi.spyOn(process, 'cwd').mockReturnValue(join(home, 'work'));
    try {
      const error = await failureOf(() => fromAzureCli({ env: { ...az.env, PATH: path } }).getToken(AML));
      expect(error.code).toBe('AML_UNAVAILABLE');
      expect(await readdir(home)).not.toContain('ran');
    } finally {
      cwd.mockRestore();
    }
  });

  it.each([
    ['warnings before the JSON', `console.log('WARNING: preview'); ${PRINTS_TOKEN}`],
    ['a warning about az login on standard error', `console.error('Please run az login'); ${PRINTS_TOKEN}`],
    [
      'UTF-16, as PowerShell hands it on',
      `const text = JSON.stringify({ accessToken: 'abc', expires_on: Math.floor(Date.now() / 1000) + 3600 });
       process.stdout.write(Buffer.from('\\ufeff' + text, 'utf16le'));`,
    ],
  ])('gives its token although it prints %s', async (_what, script) => {
    await az.behave(script);
    expect((await fromAzureCli({ env: az.env }).getToken(AML)).tokenType).toBe('Bearer');
  });

  it.each([
    [
      'colours around its JSON',
      `process.stdout.write('\\u001b[32m{"accessToken":"abc"}\\u001b[0m');`,
      'AML_RESPONSE_INVALID',
    ],
    ['ten megabytes', `process.stdout.write('x'.repeat(10_000_000));`, 'AML_UNAVAILABLE'],
    ['nothing', '', 'AML_RESPONSE_INVALID'],
    ['an error, and ends well', `console.log('ERROR: AADSTS50076');`, 'AML_RESPONSE_INVALID'],
    [
      'commands to the terminal, and fails',
      `console.error('\\u001b]52;c;QUJD\\u0007'); process.exit(1);`,
      'AML_UNAVAILABLE',
    ],
  ])('ends with a typed error where it prints %s', async (_what, script, code) => {
    await az.behave(script);
    expect((await failureOf(() => fromAzureCli({ env: az.env }).getToken(AML))).code).toBe(code);
  });

  it('that hangs for ever is ended at the time limit, of thirty seconds', async () => {
    await az.behave('setInterval(() => undefined, 1000);');
    const clock = manualClock();
    const failure = failureOf(() => fromAzureCli({ env: az.env, clock }).getToken(AML));
    await expect.poll(() => clock.pending, { timeout: 20_000 }).toBe(1);
    clock.advance(29_999);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    expect((await failure).code).toBe('AML_TIMEOUT');
  });

  it('whose child keeps the pipe open does not keep the caller', async () => {
    await az.behave(
      `${PRINTS_TOKEN}
      require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 20_000)'], {
        stdio: 'inherit', detached: true }).unref();`,
    );
    expect((await fromAzureCli({ env: az.env, timeLimitMs: 15_000 }).getToken(AML)).tokenType).toBe('Bearer');
  });

  it.skipIf(process.platform === 'win32')(
    'in a folder that everybody can write to is said to be there',
    async () => {
      const folder = join(az.env['HOME'] ?? '', 'open');
      await mkdir(folder);
      await writeFile(join(folder, 'az'), '#!/bin/sh\nexit 1\n', { mode: 0o700 });
      const note = async (mode: number): Promise<string | undefined> => {
        await chmod(folder, mode);
        const { record } = await explain(fromAzureCli({ env: { ...az.env, PATH: folder } }), AML);
        return record.seen.find(({ what }) => what === 'program az on the PATH')?.note;
      };
      expect(await note(0o777)).toBe(`in ${folder}, which everybody on this machine can write to`);
      expect(await note(0o755)).toBeUndefined();
    },
  );

  it('finds its PATH under its own name, whatever else is spelt alike', async () => {
    const env = { path: '/nowhere', Path: '/nowhere', ...az.env };
    expect((await fromAzureCli({ env }).getToken(AML)).tokenType).toBe('Bearer');
  });

  it('is run without the command interpreter that the environment names', async () => {
    const env = {
      ...az.env,
      ComSpec: '/nowhere/evil',
      COMSPEC: '/nowhere/evil',
      SystemRoot: '/nowhere',
      SHELL: '/nowhere/evil',
    };
    expect((await fromAzureCli({ env }).getToken(AML)).tokenType).toBe('Bearer');
  });
});

describe('a credential process', () => {
  it('with quotes and blanks in its path and arguments is one program, and no command line', async () => {
    const folder = await programFolder();
    const program = await folder.make(
      `my "token" program's`,
      `console.log(JSON.stringify({ version: 1, token: process.argv.length.toString(), expiresIn: 60 }));`,
    );
    const args = ['a b', '"c"', "d'", '$(touch x)', '`id`', '; exit'];
    expect((await fromProcess({ program, args }).getToken(AML)).token).toBe('8');
    for (const line of [`${program} a b`, `"${program}" a`, `sh -c "${program}"`]) {
      const error = await failureOf(() => fromProcess({ program: line }).getToken(AML));
      expect(['AML_UNAVAILABLE', 'AML_CONFIG_INVALID']).toContain(error.code);
    }
    await folder.remove();
  });

  it('that prints a secret to standard error shows it nowhere', async () => {
    const folder = await programFolder();
    const program = await folder.make('leaks', `console.error('refresh_token=S3cret'); process.exit(1);`);
    const error = await failureOf(() => fromProcess({ program }).getToken(AML));
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain('S3cret');
    await folder.remove();
  });
});
