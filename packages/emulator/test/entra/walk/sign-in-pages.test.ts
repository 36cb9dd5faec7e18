import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, test } from 'vitest';

import { authorizeUrl, byPassword, USER_SEED } from '../../support/user-flows.js';
import { withEmulator } from '../../support/with-emulator.js';

const clock = manualClock();
const emulated = withEmulator({ seed: USER_SEED, clock });

interface Page {
  readonly response: Response;
  readonly text: string;
  readonly ctx: string;
  readonly step: string | undefined;
}

async function pageOf(answer: Promise<Response>): Promise<Page> {
  const response = await answer;
  const text = await response.text();
  const value = (name: string): string | undefined =>
    new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(text)?.[1];
  return { response, text, ctx: value('ctx') ?? '', step: value('step') };
}

const open = (change: Record<string, string | undefined> = {}): Promise<Page> =>
  pageOf(emulated().fetch(authorizeUrl(emulated(), change), { redirect: 'manual' }));

const send = (
  page: Page,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Page> =>
  pageOf(
    emulated().fetch(`${emulated().origin}/common/login`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ ctx: page.ctx, step: page.step ?? '', action: 'next', ...fields }),
    }),
  );

const ALICE = { username: 'alice@contoso.onmicrosoft.com', password: 'Alice<&"1' };
const BOB = { username: 'bob@contoso.onmicrosoft.com', password: 'bob-2' };
const locationOf = ({ response }: Page): URL => new URL(response.headers.get('location')!);

test('a person goes from the account to the password to the application', async () => {
  const account = await open();
  expect(account.step).toBe('account');
  expect(account.text).toContain('to continue to Microsoft Azure CLI');
  const password = await send(account, ALICE);
  expect(password.step).toBe('password');
  expect(password.text).toContain(ALICE.username);
  expect(password.text).not.toContain('Alice&lt;');
  const end = await send(password, ALICE);
  expect(end.response.status).toBe(302);
  expect(locationOf(end).searchParams.get('code')).toBeTruthy();
});

test('a second factor is asked of whoever has one', async () => {
  const mfa = await send(await send(await open(), BOB), BOB);
  expect(mfa.step).toBe('mfa');
  expect((await send(mfa, {})).response.status).toBe(302);
});

test('consent is asked once, for what is not there yet', async () => {
  const change = {
    client_id: emulated().app('notebook').clientId,
    scope: 'https://graph.microsoft.com/Mail.Read https://graph.microsoft.com/User.Read',
  };
  const consent = await send(await send(await open(change), ALICE), ALICE);
  expect(consent.step).toBe('consent');
  expect(consent.text).toContain('<li>Mail.Read</li>');
  expect(consent.text).not.toContain('<li>User.Read</li>');
  expect((await send(consent, {})).response.status).toBe(302);
  expect((await send(await send(await open(change), ALICE), ALICE)).response.status).toBe(302);
  const { scope, access_token: token } = await byPassword(emulated(), 'alice@contoso', change);
  expect(scope).toContain('Mail.Read');
  expect(token).toMatch(/^eyJ/);
});

test('an application can ask for consent anyway', async () => {
  const consent = await send(await send(await open({ prompt: 'consent' }), ALICE), ALICE);
  expect(consent.step).toBe('consent');
});

test.each([
  ['an unknown account', { username: 'nobody@contoso.onmicrosoft.com' }, 'AADSTS50034'],
  ['no account', { username: '' }, 'AADSTS50034'],
])('%s is said on the page, which stays', async (_, fields, code) => {
  const page = await send(await open(), fields);
  expect(page.step).toBe('account');
  expect(page.text).toContain(`role="alert">${code}`);
});

test('a wrong password is said on the page, and the right one works after it', async () => {
  const password = await send(await open(), ALICE);
  const wrong = await send(password, { password: '<b>wrong</b>' });
  expect(wrong.step).toBe('password');
  expect(wrong.text).toContain('AADSTS50126');
  expect(wrong.text).not.toContain('wrong');
  expect((await send(wrong, ALICE)).response.status).toBe(302);
});

test('no step can be left out', async () => {
  const account = await open();
  for (const step of ['password', 'mfa', 'consent', 'confirm', 'done', '__proto__']) {
    expect((await send({ ...account, step }, BOB)).step).toBe('account');
  }
  const password = await send(account, BOB);
  expect((await send({ ...password, step: 'mfa' }, BOB)).step).toBe('password');
});

test('one can take another account, or go away', async () => {
  const password = await send(await open(), BOB);
  const account = await send(password, { action: 'restart' });
  expect(account.step).toBe('account');
  const end = await send(await send(account, ALICE), { action: 'cancel' });
  expect(Object.fromEntries(locationOf(end).searchParams)).toMatchObject({
    error: 'access_denied',
    error_subcode: 'cancel',
    state: 'st&te=1',
  });
});

test('a form counts once, for an hour, and only with what ties it to its walk', async () => {
  const password = await send(await open(), ALICE);
  await send(password, ALICE);
  const expired = (page: Page): void => {
    expect(page.response.status).toBe(400);
    expect(page.text).toContain('This page has expired');
  };
  expired(await send(password, ALICE));
  expired(await send({ ...password, ctx: 'x' }, ALICE));
  const late = await open();
  clock.advance(3_600_000);
  expired(await send(late, ALICE));
});

test('a form of another site is refused', async () => {
  const account = await open();
  for (const origin of ['https://evil.example', 'null']) {
    expect((await send(account, ALICE, { origin })).response.status).toBe(403);
  }
  expect((await send(account, ALICE, { origin: emulated().origin })).step).toBe('password');
  expect((await emulated().fetch(`${emulated().origin}/common/login`)).status).toBe(405);
});

describe('every page', () => {
  const HOSTILE = '"><script>alert(1)</script>';

  test('escapes what came from outside', async () => {
    const account = await open({ login_hint: HOSTILE, state: HOSTILE });
    expect(account.text).not.toContain('<script>');
    expect(account.text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    const error = await open({ redirect_uri: `https://x.example/${HOSTILE}` });
    expect(error.text).toContain('AADSTS50011');
    expect(error.text).not.toContain('<script>');
    const form = await open({ prompt: 'none', response_mode: 'form_post', state: HOSTILE });
    expect(form.text.match(/<script>/g)).toHaveLength(1);
    expect(form.text).not.toContain('<script>alert');
  });

  test('is neither kept nor framed, loads nothing, and leads only where it must', async () => {
    const { headers } = (await open()).response;
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-frame-options')).toBe('DENY');
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'self' http://localhost:4321;");
    expect(policy).not.toContain('script-src');
    expect(policy).not.toContain('unsafe-inline');
  });

  test('of a posted form works without a script, and allows only its own', async () => {
    const { text, response } = await open({ prompt: 'none', response_mode: 'form_post' });
    expect(text).toContain('<button class="main">Continue</button>');
    expect(response.headers.get('content-security-policy')).toMatch(/script-src 'sha256-[\w+/=]+';/);
  });
});
