import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, test } from 'vitest';

import { signInBrowser, signInOn } from '../support/sign-in-browser.js';
import {
  authorizeUrl,
  AZURE_CLI,
  byPassword,
  redeem,
  tokensOf,
  type UserTokens,
} from '../support/user-flows.js';
import { postToken } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const clock = manualClock();
const emulated = withEmulator({
  clock,
  seed: {
    tenants: [
      {
        name: 'contoso',
        users: [
          { upn: 'alice@contoso', password: 'right' },
          { upn: 'locked@contoso', password: 'right', state: 'locked' },
          { upn: 'disabled@contoso', password: 'right', state: 'disabled' },
          { upn: 'new@contoso', password: 'right', state: 'must-change-password' },
          { upn: 'admin@contoso', password: 'right', roles: ['Global Administrator'] },
        ],
        groups: [
          { name: 'direct', members: ['admin@contoso', 'group:nested'] },
          { name: 'nested', members: ['alice@contoso'] },
        ],
        apps: [{ name: 'gated', public: true, assignedTo: ['group:direct'] }],
      },
    ],
  },
});

const codeOf = async (upn: string, password?: string, client = AZURE_CLI): Promise<number | undefined> => {
  const change = { client_id: client, ...(password === undefined ? {} : { password }) };
  const tokens: Partial<UserTokens> = await byPassword(emulated(), upn, change);
  return tokens.error_codes?.[0];
};

describe('too many wrong passwords', () => {
  test('lock the account for a minute, also for the right one', async () => {
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      expect(await codeOf('alice@contoso', `wrong ${attempt}`)).toBe(50126);
    }
    expect(await codeOf('alice@contoso')).toBe(50053);
    clock.advance(60_000);
    expect(await codeOf('alice@contoso')).toBeUndefined();
  });

  test('do not include the same one again, nor those before a right one', async () => {
    for (let attempt = 1; attempt <= 20; attempt += 1) await codeOf('alice@contoso', 'the same');
    for (let attempt = 1; attempt <= 8; attempt += 1) await codeOf('alice@contoso', `wrong ${attempt}`);
    expect(await codeOf('alice@contoso')).toBeUndefined();
    await codeOf('alice@contoso', 'another');
    expect(await codeOf('alice@contoso')).toBeUndefined();
  });
});

test.each([
  ['locked@contoso', 'AADSTS50053'],
  ['disabled@contoso', 'AADSTS50057'],
])('the sign-in pages tell %s why', async (upn, code) => {
  const { title, problem } = await signInOn(
    signInBrowser(emulated()),
    emulated(),
    upn,
    authorizeUrl(emulated()),
  );
  expect(title).toBe('Enter password');
  expect(problem).toContain(code);
});

describe('a password that must be changed', () => {
  test('is changed on the sign-in pages, and the old one no longer works', async () => {
    const browser = signInBrowser(emulated());
    const view = await signInOn(browser, emulated(), 'new@contoso', authorizeUrl(emulated()));
    expect(view.title).toBe('Update your password');
    expect((await browser.submit({ new_password: 'right' })).problem).toContain('AADSTS50055');
    expect((await browser.submit({ new_password: 'fresh' })).answer).toHaveProperty('code');
    expect(await codeOf('new@contoso')).toBe(50126);
    expect(await codeOf('new@contoso', 'fresh')).toBeUndefined();
  });

  test('is changed by whoever signs in without a browser and says to what', async () => {
    const url = authorizeUrl(emulated());
    await expect(emulated().signIn({ upn: 'new@contoso', url })).rejects.toThrow(/AADSTS50055/);
    const newPassword = 'fresh-and-secret';
    const { fields } = await emulated().signIn({ upn: 'new@contoso', url, newPassword });
    expect(fields).toHaveProperty('code');
    expect(JSON.stringify(emulated().requests)).not.toContain(newPassword);
  });
});

test('a disabled user gets no more tokens from a sign-in of before', async () => {
  const { refresh_token: token } = await byPassword(emulated(), 'alice@contoso');
  const before = emulated().snapshot();
  const { id } = emulated().user('alice@contoso');
  const users = before.tables['users'] as Record<string, object>;
  emulated().restore({
    ...before,
    tables: { ...before.tables, users: { ...users, [id]: { ...users[id], accountEnabled: false } } },
  });
  const form = { grant_type: 'refresh_token', client_id: AZURE_CLI, refresh_token: token };
  expect((await tokensOf(postToken(emulated(), form))).error_codes).toEqual([50057]);
});

describe('an application that only lets in who is assigned', () => {
  test('lets in direct members of a group, not those of a group within', async () => {
    const { clientId } = emulated().app('gated');
    expect(await codeOf('admin@contoso', undefined, clientId)).toBeUndefined();
    expect(await codeOf('alice@contoso', undefined, clientId)).toBe(50105);
  });

  test('says so on the sign-in pages', async () => {
    const url = authorizeUrl(emulated(), { client_id: emulated().app('gated').clientId });
    await expect(emulated().signIn({ upn: 'alice@contoso', url })).rejects.toThrow(/AADSTS50105.*gated/);
    const { fields } = await emulated().signIn({ upn: 'admin@contoso', url });
    const change = { client_id: emulated().app('gated').clientId };
    expect(await tokensOf(redeem(emulated(), fields['code']!, change))).toHaveProperty('access_token');
  });
});
