import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import { hasTerminal } from '@aml-auth/testkit/terminal';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { inTerminal } from './support/in-terminal.js';

const ENTER = '\r';
const BACKSPACE = '\u007f';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ESCAPE = '\u001b';
const SECRET = 'hidden-secret-of-the-emulator';
/** As long as no secret of Entra ID is, and longer than a line. */
const LONG = Array.from({ length: 60 }, (_, index) => `part-${index}-of-it`).join('.');
const QUESTION = 'Client secret of';

const [contoso, ...others] = demoSeed.tenants;
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      ...demoSeed,
      tenants: [
        {
          ...contoso!,
          apps: [...(contoso?.apps ?? []), { name: 'typed', secrets: [{ value: SECRET }, { value: LONG }] }],
        },
        ...others,
      ],
    },
  });
});
afterAll(() => emulator.close());

/** A user without an account, and the command that asks for a secret. */
async function newcomer() {
  const home = await mkdtemp(join(tmpdir(), 'aml-auth-terminal-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const { ARM_CLOUD_METADATA_URL = '', NODE_EXTRA_CA_CERTS = '' } = emulator.env();
  const { clientId, tenantId } = emulator.app('typed');
  return {
    args: ['login', '--service-principal', '--client-id', clientId, '--tenant', tenantId],
    accounts: () => readFile(join(home, 'config', 'accounts.json'), 'utf8').catch(() => ''),
    env: {
      ARM_CLOUD_METADATA_URL,
      NODE_EXTRA_CA_CERTS,
      HOME: home,
      AML_AUTH_CACHE_DIR: join(home, 'cache'),
      AML_AUTH_CONFIG_DIR: join(home, 'config'),
      AML_AUTH_CACHE_KEY: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    },
  };
}

const there = hasTerminal();
const why = there ? '' : ' (skipped: there is no python3 with pseudo terminals)';

describe.skipIf(!there)(`a secret that is typed at a terminal${why}`, () => {
  it.each([
    ['typed', SECRET],
    [
      'typed with a mistake that is taken back',
      `${SECRET.slice(0, 9)}XYZ${BACKSPACE.repeat(3)}${SECRET.slice(9)}`,
    ],
    ['pasted, and long', LONG],
  ])('signs in, %s, and is never shown', async (_how, type) => {
    const { args, env, accounts } = await newcomer();
    const ended = await inTerminal(args, { env, steps: [{ waitFor: QUESTION, type: type + ENTER }] });
    expect([ended.code, ended.restored, ended.left]).toEqual([0, true, 0]);
    expect(ended.echoes).toEqual([false]);
    expect(await accounts()).toContain(emulator.app('typed').clientId);
    for (const piece of ['hidden-secret', SECRET, 'XYZ', 'part-1-of-it', 'part-59'])
      expect(ended.shown).not.toContain(piece);
  });

  it('that is wrong is refused, and not shown either', async () => {
    const { args, env, accounts } = await newcomer();
    const ended = await inTerminal(args, { env, steps: [{ waitFor: QUESTION, type: `not-it${ENTER}` }] });
    expect([ended.code, ended.restored]).toEqual([4, true]);
    expect(ended.shown).toContain('AML_CREDENTIAL_REJECTED');
    expect([ended.shown.includes('not-it'), await accounts()]).toEqual([false, '']);
  });

  it.each([
    ['Ctrl-C', CTRL_C],
    ['Ctrl-C after a part of it', `hidden-secret${CTRL_C}`],
    ['Escape', ESCAPE],
    ['Ctrl-D after a part of it', `hidden-secret${CTRL_D}${CTRL_C}`],
  ])('is given up with %s: 130, and the terminal is as it was', async (_how, type) => {
    const { args, env, accounts } = await newcomer();
    const ended = await inTerminal(args, { env, steps: [{ waitFor: QUESTION, type }] });
    expect([ended.code, ended.restored, ended.left]).toEqual([130, true, 0]);
    expect(ended.shown).not.toContain('hidden-secret');
    // Hidden by the question, shown again: DECTCEM.
    expect(ended.shown.lastIndexOf('\u001b[?25h')).toBeGreaterThan(ended.shown.lastIndexOf('\u001b[?25l'));
    expect(await accounts()).toBe('');
  });

  it('is not asked for where nobody is to be asked', async () => {
    const { args, env } = await newcomer();
    const ended = await inTerminal([...args, '--no-input'], { env });
    expect(ended.code).not.toBe(0);
    expect(ended.shown).not.toContain(QUESTION);
  });
});
