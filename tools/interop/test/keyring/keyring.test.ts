import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTokenEngine, type TokenStore } from '@aml-auth/core';
import { describeTokenStore, storedToken, tokenKey } from '@aml-auth/testkit';
import { environmentKeys, fileTokenStore, kernelKeys, keyringKeys } from '@aml-auth/token-cache';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { gnomeKeyring, type GnomeKeyring } from '../support/gnome-keyring.js';

let keyring: GnomeKeyring;
beforeAll(async () => {
  keyring = await gnomeKeyring();
});
afterAll(() => keyring.close());

const fromEnvironment = environmentKeys({ AML_AUTH_CACHE_KEY: `spare:${'A'.repeat(43)}` });

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'aml-auth-cache-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return join(path, 'cache');
}

/** What a credential gets that has this store. */
async function tokenBy(store: TokenStore): Promise<string> {
  const engine = createTokenEngine({
    identity: { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: 'f' },
    store,
    acquire: () => Promise.resolve({ token: 'fetched', expiresOnTimestamp: Date.now() + 3_600_000 }),
  });
  return (await engine.getToken('scope')).token;
}

describeTokenStore('fileTokenStore with a key in GNOME Keyring', async () => {
  const path = await mkdtemp(join(tmpdir(), 'aml-auth-cache-'));
  const open = () => fileTokenStore({ directory: join(path, 'cache'), keys: keyringKeys() });
  return { store: open(), another: open(), close: () => rm(path, { recursive: true, force: true }) };
});

describe('GNOME Keyring', () => {
  it('keeps one key for all who ask, and nothing of the trial', async () => {
    const service = `aml-auth-${String(process.pid)}`;
    const first = await keyringKeys({ service }).load();
    const second = await keyringKeys({ service }).load();
    expect(second.current.bytes).toEqual(first.current.bytes);
    const { findCredentials } = await import('@napi-rs/keyring');
    expect(findCredentials(service).map(({ account }) => account)).toEqual(['token-cache-key']);
  });

  it('is the tier in use, and its key is rotated', async () => {
    const store = fileTokenStore({ directory: await folder(), keys: keyringKeys({ service: 'rotated' }) });
    const { tier, keyIds, skipped } = await store.status();
    expect({ tier, skipped }).toEqual({ tier: 'keyring', skipped: [] });
    expect((await keyringKeys({ service: 'rotated' }).rotate?.())?.ids[1]).toBe(keyIds[0]);
  });

  it('that is frozen costs no token: the next tier is used, and the store says why', async () => {
    keyring.signal('SIGSTOP');
    try {
      const store = fileTokenStore({ directory: await folder(), keys: [keyringKeys(), fromEnvironment] });
      expect(await tokenBy(store)).toBe('fetched');
      const { tier, skipped } = await store.status();
      expect({ tier, skipped: skipped.map((one) => one.tier) }).toEqual({
        tier: 'environment',
        skipped: ['keyring'],
      });
    } finally {
      keyring.signal('SIGCONT');
    }
  });
});

describe('without a message bus', () => {
  it('the keyring is skipped, and a token is given', async () => {
    const address = process.env['DBUS_SESSION_BUS_ADDRESS'];
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nowhere';
    onTestFinished(() => {
      process.env['DBUS_SESSION_BUS_ADDRESS'] = address;
    });
    const store = fileTokenStore({ directory: await folder(), keys: keyringKeys({ service: 'no-bus' }) });
    expect(await tokenBy(store)).toBe('fetched');
  });
});

describe('the keyring of the kernel', () => {
  it('keeps one key for all who ask, or says why it cannot', async ({ skip }) => {
    const reason = await kernelKeys()
      .load()
      .then(
        () => '',
        (error: unknown) => String(error),
      );
    onTestFinished(async () => {
      await promisify(execFile)('keyctl', ['purge', 'user', 'aml-auth:token-cache-key']).catch(
        () => undefined,
      );
    });
    skip(reason !== '', reason);
    const [first, second] = [await kernelKeys().load(), await kernelKeys().load()];
    expect(second.current.bytes).toEqual(first.current.bytes);
    const directory = await folder();
    const store = fileTokenStore({ directory, keys: kernelKeys() });
    await store.set(tokenKey(), storedToken({ store }));
    expect((await store.status()).tier).toBe('kernel');
    expect(await fileTokenStore({ directory, keys: kernelKeys() }).get(tokenKey())).toBeDefined();
  });
});

// Last: nothing but a person opens it again.
describe('a locked keyring', () => {
  it('costs no token: the next tier is used in time, and the store says why', async () => {
    await keyringKeys({ service: 'locked' }).load();
    await keyring.lock();
    const store = fileTokenStore({
      directory: await folder(),
      keys: [keyringKeys({ service: 'locked' }), fromEnvironment],
    });
    expect(await tokenBy(store)).toBe('fetched');
    const { tier, skipped } = await store.status();
    expect({ tier, skipped: skipped.map((one) => one.tier) }).toEqual({
      tier: 'environment',
      skipped: ['keyring'],
    });
  });
});
