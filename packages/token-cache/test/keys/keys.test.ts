import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createTokenEngine } from '@aml-auth/core';
import {
  defaultKeySources,
  environmentKeys,
  fileTokenStore,
  kernelKeys,
  keyringKeys,
  passphraseKeys,
} from '@aml-auth/token-cache';
import { describe, expect, it } from 'vitest';
import { keptLog, keyLine, temporaryFolder } from '../support/file-store.js';
import { memoryKeyring } from '../support/memory-keyring.js';

const unavailable = expect.objectContaining({ code: 'AML_UNAVAILABLE' }) as unknown;
const invalid = expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as unknown;
const never = () => new Promise<never>(() => undefined);

describe('keyringKeys', () => {
  it('makes a key once, and gives the same one from then on', async () => {
    const load = memoryKeyring();
    const first = await keyringKeys({ load }).load();
    const second = await keyringKeys({ load }).load();
    expect(second.ids).toEqual(first.ids);
    expect(second.current.bytes).toEqual(first.current.bytes);
  });

  it('tries the keyring before the first key, leaves nothing of it, and does not try it again', async () => {
    const load = memoryKeyring();
    await keyringKeys({ load }).load();
    expect([...load.secrets.keys()]).toEqual(['aml-auth/token-cache-key/secret-service']);
    load.calls.length = 0;
    await keyringKeys({ load }).load();
    expect(load.calls).toEqual(['get']);
  });

  it('makes one key where processes start together, one after the other', async () => {
    const load = memoryKeyring();
    let last: Promise<unknown> = Promise.resolve();
    const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
      const turn = last.then(work);
      last = turn;
      return turn;
    };
    const rings = await Promise.all(Array.from({ length: 10 }, () => keyringKeys({ load }).load(exclusive)));
    expect(new Set(rings.map(({ current }) => current.id)).size).toBe(1);
  });

  it('puts a new key in front, and keeps two older ones', async () => {
    const load = memoryKeyring();
    const source = keyringKeys({ load });
    const ids = [(await source.load()).current.id];
    for (let round = 0; round < 3; round += 1) ids.unshift((await source.rotate?.())?.current.id ?? '');
    expect((await source.load()).ids).toEqual(ids.slice(0, 3));
  });

  it.each([
    ['does not answer', { get: never }],
    ['takes a secret and never ends', { set: never }],
    ['denies reading', { get: () => Promise.reject(new Error('denied')) }],
    ['denies writing', { set: () => Promise.reject(new Error('locked')) }],
    ['takes a secret and gives none', { get: () => Promise.resolve(undefined) }],
    ['gives another secret', { get: (kept?: string) => Promise.resolve(kept && `${kept}x`) }],
  ])('is not available where the keyring %s', async (_, faults) => {
    await expect(keyringKeys({ load: memoryKeyring(faults), limitMs: 20 }).load()).rejects.toEqual(
      unavailable,
    );
  });

  it('is not available where the library is not there', async () => {
    const load = () => Promise.reject(new Error('Cannot find module'));
    await expect(keyringKeys({ load }).load()).rejects.toEqual(unavailable);
  });

  it('refuses what is no key, and does not show it', async () => {
    const load = memoryKeyring({ get: () => Promise.resolve('my-old-password') });
    await expect(keyringKeys({ load }).load()).rejects.toEqual(invalid);
    await expect(keyringKeys({ load }).load()).rejects.not.toThrow('my-old-password');
  });
});

/** A program that behaves as keyctl does, over a folder. */
async function keyctlStandIn(fault = ''): Promise<string> {
  const folder = dirname(await temporaryFolder());
  const script = `#!${process.execPath}
const fs = require('node:fs');
const [command, ...args] = process.argv.slice(2);
const path = (id) => ${JSON.stringify(folder)} + '/key-' + Buffer.from(id).toString('hex');
${fault}
if (command === 'padd') { fs.writeFileSync(path(args[1]), fs.readFileSync(0)); console.log(args[1]); }
if (command === 'search') { if (!fs.existsSync(path(args[2]))) process.exit(1); console.log(args[2]); }
if (command === 'pipe') process.stdout.write(fs.readFileSync(path(args[0])));
if (command === 'unlink') fs.unlinkSync(path(args[0]));
`;
  const program = join(folder, 'keyctl');
  await writeFile(program, script);
  await chmod(program, 0o700);
  return program;
}

describe.runIf(process.platform !== 'win32')('kernelKeys', () => {
  it('makes a key once, gives the same one from then on, and rotates it', async () => {
    const keyctl = await keyctlStandIn();
    const first = await kernelKeys({ keyctl, limitMs: 30_000 }).load();
    const source = kernelKeys({ keyctl, limitMs: 30_000 });
    expect((await source.load()).ids).toEqual(first.ids);
    expect((await source.rotate?.())?.ids[1]).toBe(first.current.id);
  });

  it.each([
    ['takes no key', "if (command === 'padd') process.exit(1);"],
    ['takes a key and does not give it', "if (command === 'pipe') process.exit(1);"],
  ])('is not available where the kernel %s', async (_, fault) => {
    const keyctl = await keyctlStandIn(fault);
    await expect(kernelKeys({ keyctl, limitMs: 30_000 }).load()).rejects.toEqual(unavailable);
  });

  it('is not available where the program hangs, and leaves no process', async () => {
    const keyctl = await keyctlStandIn('setInterval(() => undefined, 1_000); return;');
    await expect(kernelKeys({ keyctl, limitMs: 200 }).load()).rejects.toEqual(unavailable);
  });

  it('is not available where there is no program', async () => {
    await expect(kernelKeys({ keyctl: '/nowhere/keyctl' }).load()).rejects.toEqual(unavailable);
  });
});

describe('passphraseKeys', () => {
  async function passphraseFile(text: string, mode = 0o600) {
    const directory = await temporaryFolder();
    const file = join(dirname(directory), 'passphrase');
    await writeFile(file, text, { mode });
    await chmod(file, mode);
    return { file, directory };
  }

  it('gives one key for a passphrase and a salt, and another one for another passphrase', async () => {
    const options = await passphraseFile('correct horse battery\n');
    const [first, again] = [await passphraseKeys(options).load(), await passphraseKeys(options).load()];
    expect(again.current.id).toBe(first.current.id);
    expect(again.current.bytes).toEqual(first.current.bytes);
    await writeFile(options.file, 'incorrect horse battery');
    expect((await passphraseKeys(options).load()).current.id).not.toBe(first.current.id);
    expect(await readFile(join(options.directory, 'passphrase.salt'))).toHaveLength(16);
  });

  it.each([
    ['is short', 'short', 0o600, invalid],
    ['is empty', '', 0o600, invalid],
    ['can be read by everybody', 'correct horse battery', 0o604, invalid],
    ['can be written by the group', 'correct horse battery', 0o620, invalid],
  ])('refuses a file that %s', async (_, text, mode, error) => {
    await expect(passphraseKeys(await passphraseFile(text, mode)).load()).rejects.toEqual(error);
  });

  it('is not available where there is no file', async () => {
    const directory = await temporaryFolder();
    await expect(passphraseKeys({ file: '/nowhere/file', directory }).load()).rejects.toEqual(unavailable);
  });
});

describe('environmentKeys', () => {
  it('gives the keys of the variable, the first one in front', async () => {
    const ring = await environmentKeys({ AML_AUTH_CACHE_KEY: `${keyLine('new')}, ${keyLine('old')}` }).load();
    expect(ring.ids).toEqual(['new', 'old']);
  });

  it.each([
    'x',
    'a:b',
    `a:${'A'.repeat(42)}`,
    `a:${'A'.repeat(43)}:c`,
    `${keyLine('a')},`,
    ':',
    `a b:${'A'.repeat(43)}`,
  ])('refuses %s, and does not show it', async (text) => {
    const error: unknown = await environmentKeys({ AML_AUTH_CACHE_KEY: text })
      .load()
      .catch((thrown: unknown) => thrown);
    expect(error).toEqual(invalid);
    if (text.length > 20) expect(String(error)).not.toContain(text);
  });

  it('is not available where the variable is not set', async () => {
    await expect(environmentKeys({}).load()).rejects.toEqual(unavailable);
  });
});

describe('the tier in use', () => {
  it('is what the user has set by name, then the keyring, then the kernel', () => {
    const tiers = (env: Record<string, string>, platform: NodeJS.Platform) =>
      defaultKeySources('/d', env, platform).map(({ tier }) => tier);
    expect(tiers({}, 'linux')).toEqual(['keyring', 'kernel']);
    expect(tiers({}, 'darwin')).toEqual(['keyring']);
    expect(tiers({ AML_AUTH_CACHE_KEY: 'x', AML_AUTH_CACHE_PASSPHRASE_FILE: '/f' }, 'win32')).toEqual([
      'environment',
      'passphrase',
      'keyring',
    ]);
  });

  it('is the first that works, and the store says why the ones before do not', async () => {
    const hung = keyringKeys({ load: memoryKeyring({ get: never }), limitMs: 20 });
    const keys = [hung, environmentKeys({ AML_AUTH_CACHE_KEY: keyLine() })];
    const store = fileTokenStore({ directory: await temporaryFolder(), keys });
    expect(await store.status()).toMatchObject({
      tier: 'environment',
      keyIds: ['k1'],
      skipped: [{ tier: 'keyring', reason: expect.stringContaining('did not answer') as string }],
    });
  });

  it('is memory where none works: a token is given all the same, nothing is written, one warning', async () => {
    const directory = await temporaryFolder();
    await mkdir(directory, { mode: 0o700 });
    const logger = keptLog();
    const keys = keyringKeys({ load: memoryKeyring({ set: never }), limitMs: 20 });
    const store = fileTokenStore({ directory, keys, logger });
    const engine = createTokenEngine({
      identity: { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: 'f' },
      store,
      acquire: () => Promise.resolve({ token: 'fetched', expiresOnTimestamp: Date.now() + 3_600_000 }),
    });
    expect((await engine.getToken('scope')).token).toBe('fetched');
    expect(await store.status()).toMatchObject({ tier: 'memory', keyIds: [] });
    expect(logger.events.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('is in the clear only where the option with unsafe in its name says so', async () => {
    const directory = await temporaryFolder();
    const status = await fileTokenStore({ directory, keys: [], unsafeAllowPlaintext: true }).status();
    expect(status.tier).toBe('plaintext');
    const keys = environmentKeys({ AML_AUTH_CACHE_KEY: keyLine(randomBytes(4).toString('hex')) });
    const sealed = fileTokenStore({ directory, keys, unsafeAllowPlaintext: true });
    expect((await sealed.status()).tier).toBe('environment');
  });
});
