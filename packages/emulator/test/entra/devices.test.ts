import { manualClock } from '@aml-auth/core/testing';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';

import { postToken } from '../support/emulated.js';
import { ARM_SCOPE, AZURE_CLI, tokensOf, USER_SEED, type UserTokens } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const clock = manualClock();
const emulated = withEmulator({ seed: USER_SEED, clock });

interface DeviceCode {
  readonly user_code: string;
  readonly device_code: string;
  readonly verification_uri: string;
}

async function start(change: Record<string, string> = {}, options = {}): Promise<DeviceCode> {
  const fields = { client_id: AZURE_CLI, scope: `${ARM_SCOPE} offline_access`, ...change };
  const response = await postToken(emulated(), fields, { path: 'oauth2/v2.0/devicecode', ...options });
  return (await response.json()) as DeviceCode;
}

const poll = (code: string, change: Record<string, string> = {}, options = {}): Promise<UserTokens> =>
  tokensOf(
    postToken(
      emulated(),
      { grant_type: 'device_code', client_id: AZURE_CLI, device_code: code, ...change },
      options,
    ),
  );

/** Posts a form of the verification pages and gives the text of the page that follows. */
async function submit(path: string, fields: Record<string, string>): Promise<string> {
  const { fetch, origin } = emulated();
  const response = await fetch(`${origin}${path}`, { method: 'POST', body: new URLSearchParams(fields) });
  return response.text();
}

/** Walks through the verification pages up to the last question. */
async function walk(userCode: string): Promise<{ ctx: string; text: string }> {
  const credentials = { username: 'bob@contoso.onmicrosoft.com', password: 'bob-2' };
  let text = await submit('/devicelogin', { user_code: userCode });
  const ctx = /name="ctx" value="([^"]+)"/.exec(text)?.[1] ?? '';
  for (const step of ['account', 'password', 'mfa']) {
    text = await submit('/common/login', { ctx, step, action: 'next', ...credentials });
  }
  return { ctx, text };
}

test('v2 and v1 each answer with their own names and kinds of numbers', async () => {
  const page = `${emulated().origin}/devicelogin`;
  const code = await start();
  expect(code).toEqual({
    user_code: expect.stringMatching(/^[A-Z2-9]{9}$/) as string,
    device_code: expect.any(String) as string,
    verification_uri: page,
    expires_in: 900,
    interval: 5,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${code.user_code} to authenticate.`,
  });
  const v1 = await start({ resource: 'https://ml.azure.com' }, { path: 'oauth2/devicecode?api-version=1.0' });
  expect(v1).toMatchObject({ verification_url: page, expires_in: '900', interval: '5' });
  expect(v1).not.toHaveProperty('verification_uri');
});

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['the name of RFC 8628', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }, {}],
  ['the bare name', {}, {}],
])('%s is a grant, with either name of the field', async (_, change) => {
  const { user_code: userCode, device_code: code } = await start();
  expect(await poll(code, change)).toMatchObject({ error: 'authorization_pending', error_codes: [70016] });
  emulated().approveDeviceCode(userCode.toLowerCase(), 'alice@contoso');
  const tokens = await poll('', { ...change, device_code: '', code });
  expect(tokens).toMatchObject({ error_codes: [900144] });
  const form = { grant_type: 'device_code', client_id: AZURE_CLI, code, ...change };
  const { access_token: token } = await tokensOf(postToken(emulated(), form));
  expect(decodeJwt(token)).toMatchObject({ upn: 'alice@contoso.onmicrosoft.com', amr: ['pwd'] });
  expect(await poll(code)).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
});

test('a code gives tokens once, also when it is polled with twice at the same time', async () => {
  const { user_code: userCode, device_code: code } = await start();
  emulated().approveDeviceCode(userCode, 'alice@contoso');
  const answers = await Promise.all([1, 2, 3].map(() => poll(code)));
  expect(answers.filter((answer) => 'access_token' in answer)).toHaveLength(1);
  expect(answers.filter((answer) => 'error_codes' in answer && answer.error_codes[0] === 54005)).toHaveLength(
    2,
  );
});

test('a code whose user is refused can be polled with until the user is let in', async () => {
  const { user_code: userCode, device_code: code } = await start();
  emulated().approveDeviceCode(userCode, 'alice@contoso');
  const enable = (accountEnabled: boolean): void => {
    const { version, tables } = emulated().snapshot();
    const { id } = emulated().user('alice@contoso');
    const users = { ...tables['users'], [id]: { ...(tables['users']?.[id] as object), accountEnabled } };
    emulated().restore({ version, tables: { ...tables, users } });
  };
  enable(false);
  expect(await poll(code)).toMatchObject({ error_codes: [50057] });
  expect(await poll(code)).toMatchObject({ error_codes: [50057] });
  enable(true);
  expect((await poll(code)).access_token).toMatch(/^eyJ/);
});

test('a device that is declined, late, unknown or another client hears so', async () => {
  const declined = await start();
  emulated().declineDeviceCode(declined.user_code);
  expect(await poll(declined.device_code)).toMatchObject({ error: 'authorization_declined' });
  expect(await poll('unknown')).toMatchObject({ error: 'bad_verification_code', error_codes: [70018] });
  const approved = await start();
  emulated().approveDeviceCode(approved.user_code, 'alice@contoso');
  const stranger = { client_id: emulated().app('notebook').clientId };
  expect(await poll(approved.device_code, stranger)).toMatchObject({ error_codes: [70000] });
  expect(await poll(approved.device_code, {}, { tenant: emulated().tenant('fabrikam').id })).toMatchObject({
    error_codes: [50020],
  });
  const late = await start();
  clock.advance(900_000);
  expect(await poll(late.device_code)).toMatchObject({ error: 'expired_token', error_codes: [70020] });
  expect(() => {
    emulated().approveDeviceCode(late.user_code, 'alice@contoso');
  }).toThrow(expect.objectContaining({ code: 'AML_NOT_FOUND' }) as Error);
});

test('slow_down comes once, when asked for', async () => {
  const { user_code: userCode, device_code: code } = await start();
  emulated().slowDownDeviceCode(userCode);
  expect(await poll(code)).toMatchObject({ error: 'slow_down' });
  expect(await poll(code)).toMatchObject({ error: 'authorization_pending' });
});

test('at /organizations the user decides the tenant', async () => {
  const { user_code: userCode, device_code: code } = await start({}, { tenant: 'organizations' });
  emulated().approveDeviceCode(userCode, 'carol@fabrikam');
  const { access_token: token } = await poll(code, {}, { tenant: 'organizations' });
  expect(decodeJwt(token)['tid']).toBe(emulated().tenant('fabrikam').id);
});

test('/common and /consumers have no device codes, except /common for clients of v1', async () => {
  expect(await start({}, { tenant: 'consumers' })).toMatchObject({ error_codes: [90133] });
  expect(await start({}, { tenant: 'common' })).toMatchObject({ error_codes: [90133] });
  const v1 = { tenant: 'common', path: 'oauth2/devicecode' };
  expect(await start({ resource: 'https://management.core.windows.net/' }, v1)).toHaveProperty('user_code');
});

test('a user of another tenant cannot approve', async () => {
  const { user_code: userCode } = await start();
  expect(() => {
    emulated().approveDeviceCode(userCode, 'carol@fabrikam');
  }).toThrow(expect.objectContaining({ code: 'AML_NOT_FOUND' }) as Error);
});

test.each([
  [{ client_id: '' }, 900144],
  [{ scope: '' }, 900144],
  [{ scope: 'https://example.org/.default' }, 500011],
])('%j starts nothing', async (change, code) => {
  expect(await start(change)).toMatchObject({ error_codes: [code] });
});

describe('the pages', () => {
  test('let a person in who confirms what the device asked for', async () => {
    const { user_code: userCode, device_code: code } = await start();
    const { fetch, origin } = emulated();
    expect(await (await fetch(`${origin}/devicelogin`)).text()).toContain('Enter the code');
    const { ctx, text } = await walk(`${userCode.slice(0, 4)}-${userCode.slice(4).toLowerCase()}`);
    expect(text).toContain('Are you trying to sign in to Microsoft Azure CLI?');
    expect(await poll(code)).toMatchObject({ error: 'authorization_pending' });
    const end = await submit('/common/login', { ctx, step: 'confirm', action: 'next' });
    expect(end).toContain('You have signed in on your device');
    expect(decodeJwt((await poll(code)).access_token)['amr']).toEqual(['pwd', 'mfa']);
  });

  test('let a person say no', async () => {
    const { user_code: userCode, device_code: code } = await start();
    const { ctx } = await walk(userCode);
    expect(await submit('/common/login', { ctx, action: 'cancel' })).toContain('You did not sign in');
    expect(await poll(code)).toMatchObject({ error: 'authorization_declined' });
  });

  test('say that a code is wrong, or has expired on the way', async () => {
    expect(await submit('/devicelogin', { user_code: '<b>' })).toContain('AADSTS70018');
    const { user_code: userCode } = await start();
    const { ctx } = await walk(userCode);
    clock.advance(900_000);
    expect(await submit('/common/login', { ctx, step: 'confirm', action: 'next' })).toContain('expired');
  });
});

describe('the API for other processes', () => {
  async function call(
    userCode: string,
    body: unknown,
    type = 'application/json',
  ): Promise<{ status: number; code: string | null }> {
    const { fetch, origin } = emulated();
    const response = await fetch(`${origin}/_emu/device-codes/${userCode}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify(body),
    });
    return { status: response.status, code: response.headers.get('x-ms-error-code') };
  }

  test('approves, declines and slows down', async () => {
    const approved = await start();
    const upn = 'bob@contoso.onmicrosoft.com';
    expect((await call(approved.user_code, { action: 'approve', upn })).status).toBe(204);
    expect((await poll(approved.device_code)).access_token).toMatch(/^eyJ/);
    const declined = await start();
    expect((await call(declined.user_code, { action: 'slow_down' })).status).toBe(204);
    expect((await call(declined.user_code, { action: 'decline' })).status).toBe(204);
    expect(await poll(declined.device_code)).toMatchObject({ error: 'slow_down' });
    expect(await poll(declined.device_code)).toMatchObject({ error: 'authorization_declined' });
  });

  test('refuses what a page of another site could send, and what means nothing', async () => {
    const { user_code: userCode } = await start();
    const approve = { action: 'approve', upn: 'alice@contoso.onmicrosoft.com' };
    expect((await call(userCode, approve, 'text/plain')).status).toBe(415);
    expect((await call('NOBODY', approve)).status).toBe(404);
    expect((await call(userCode, { ...approve, upn: 'nobody@x.example' })).status).toBe(404);
    for (const body of [{}, [], null, 'x', { action: 'toString' }]) {
      expect((await call(userCode, body)).status).toBe(400);
    }
  });
});
