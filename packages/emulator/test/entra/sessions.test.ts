import { manualClock } from '@aml-auth/core/testing';
import type { EmulatorSeed } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';

import { signInBrowser, signInOn, type SignInBrowser } from '../support/sign-in-browser.js';
import { authorizeUrl, redeem, tokensOf, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const HOUR_MS = 3_600_000;
const clock = manualClock();
const [contoso, ...others] = USER_SEED.tenants;
const seed: EmulatorSeed = {
  ...USER_SEED,
  tenants: [
    {
      ...contoso!,
      conditionalAccess: [
        { name: 'often', users: ['bob@contoso'], apps: ['machine-learning'], signInFrequency: '1h' },
        { name: 'never', users: ['all'], apps: ['app:portal'], grant: 'block' },
        { name: 'step-up', users: ['all'], apps: ['context:c1'], grant: 'mfa' },
      ],
    },
    ...others,
  ],
};
const emulated = withEmulator({ seed, clock });
const url = (change: Record<string, string | undefined> = {}): string => authorizeUrl(emulated(), change);
const SILENT = { prompt: 'none' };

async function signedIn(upn = 'alice@contoso'): Promise<SignInBrowser> {
  const browser = signInBrowser(emulated());
  const view = await signInOn(browser, emulated(), upn, url());
  const end = view.answer === undefined ? await browser.submit() : view;
  expect(end.answer).toHaveProperty('code');
  return browser;
}

describe('who has signed in', () => {
  test('is let in without a page, by the same account', async () => {
    const browser = await signedIn();
    const { answer } = await browser.open(url());
    const { id_token: token } = await tokensOf(redeem(emulated(), answer!['code']!));
    expect(decodeJwt(token)['oid']).toBe(emulated().user('alice@contoso').id);
  });

  test('is let in where no page may be shown', async () => {
    const browser = await signedIn();
    expect((await browser.open(url(SILENT))).answer).toHaveProperty('code');
    expect(
      (await browser.open(url({ ...SILENT, login_hint: 'ALICE@contoso.onmicrosoft.com' }))).answer,
    ).toHaveProperty('code');
  });

  test('keeps the second step that was passed', async () => {
    const browser = await signedIn('bob@contoso');
    const { answer } = await browser.open(url());
    const { access_token: token } = await tokensOf(redeem(emulated(), answer!['code']!));
    expect(decodeJwt(token)['amr']).toEqual(['pwd', 'mfa']);
  });

  test('is not taken for another account, or for one of another tenant', async () => {
    const browser = await signedIn();
    const bob = { ...SILENT, login_hint: 'bob@contoso.onmicrosoft.com' };
    expect((await browser.open(url(bob))).answer).toMatchObject({ error: 'login_required' });
    const fabrikam = authorizeUrl(emulated(), SILENT, { tenant: emulated().tenant('fabrikam').id });
    expect((await browser.open(fabrikam)).answer).toMatchObject({ error: 'login_required' });
    expect((await browser.open(url({ login_hint: bob.login_hint }))).fields['username']).toBe(bob.login_hint);
  });
});

describe('prompt', () => {
  test('login asks for the password again', async () => {
    const browser = await signedIn();
    expect((await browser.open(url({ prompt: 'login' }))).title).toBe('Sign in');
    expect((await browser.submit({ username: 'alice@contoso.onmicrosoft.com' })).title).toBe(
      'Enter password',
    );
  });

  test('select_account offers the account, which then needs no password; others do', async () => {
    const browser = await signedIn();
    const choice = await browser.open(url({ prompt: 'select_account' }));
    expect(choice).toMatchObject({ title: 'Sign in', fields: { username: 'alice@contoso.onmicrosoft.com' } });
    expect((await browser.submit()).answer).toHaveProperty('code');
    await browser.open(url({ prompt: 'select_account' }));
    expect((await browser.submit({ username: 'bob@contoso.onmicrosoft.com' })).title).toBe('Enter password');
  });

  test('consent asks for consent, and for nothing else', async () => {
    const browser = await signedIn();
    expect((await browser.open(url({ prompt: 'consent' }))).title).toBe('Permissions requested');
    expect((await browser.submit()).answer).toHaveProperty('code');
  });

  test('none says what is missing: a session, consent, or what a policy wants', async () => {
    expect((await signInBrowser(emulated()).open(url(SILENT))).answer).toMatchObject({
      error: 'login_required',
      error_description: expect.stringContaining('AADSTS50058') as string,
    });
    const browser = await signedIn();
    const consent = {
      client_id: emulated().app('notebook').clientId,
      scope: 'https://graph.microsoft.com/Mail.Read',
    };
    const error = async (change: Record<string, string>): Promise<unknown> => {
      const { answer } = await browser.open(url({ ...SILENT, ...change }));
      return [answer!['error'], answer!['error_description']!.split(':')[0]];
    };
    expect(await error(consent)).toEqual(['interaction_required', 'AADSTS65001']);
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
    expect(await error({ claims })).toEqual(['interaction_required', 'AADSTS50079']);
    const portal = { scope: `api://${emulated().app('portal').clientId}/.default` };
    expect(await error(portal)).toEqual(['invalid_grant', 'AADSTS53003']);
  });
});

describe('a session ends', () => {
  test.each<[string, (browser: SignInBrowser) => unknown]>([
    ['by logging out', (browser) => browser.open(`${emulated().origin}/common/oauth2/v2.0/logout`)],
    [
      'after a day',
      () => {
        clock.advance(24 * HOUR_MS);
      },
    ],
    [
      'when the tokens of the user are revoked',
      () => {
        emulated().revokeRefreshTokens('alice@contoso');
      },
    ],
  ])('%s', async (_, end) => {
    const browser = await signedIn();
    await end(browser);
    expect((await browser.open(url(SILENT))).answer).toMatchObject({ error: 'login_required' });
    expect((await browser.open(url())).title).toBe('Sign in');
  });

  test('where a policy wants a more recent sign-in; the password begins a new one', async () => {
    const browser = await signedIn('bob@contoso');
    const ml = { scope: 'https://ml.azure.com/.default' };
    clock.advance(HOUR_MS);
    expect((await browser.open(url(ml))).answer).toHaveProperty('code');
    clock.advance(1);
    expect((await browser.open(url({ ...ml, ...SILENT }))).answer!['error_description']).toContain(
      'AADSTS70044',
    );
    expect((await browser.open(url(ml))).title).toBe('Enter password');
    await browser.submit({ password: 'bob-2' });
    expect((await browser.submit()).answer).toHaveProperty('code');
    expect((await browser.open(url({ ...ml, ...SILENT }))).answer).toHaveProperty('code');
  });
});

test('the cookie is bound to the host, kept from scripts and other sites, and new for every sign-in', async () => {
  const browser = await signedIn();
  const [[name, first] = []] = browser.cookies;
  expect(name).toBe('__Host-emu-session');
  await browser.open(url({ prompt: 'login' }));
  await browser.submit({ username: 'alice@contoso.onmicrosoft.com' });
  const { headers } = await browser.submit({ password: 'Alice<&"1' });
  expect(headers.get('set-cookie')).toMatch(
    /^__Host-emu-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
  );
  expect(browser.cookies.get('__Host-emu-session')).not.toBe(first);
  expect(JSON.stringify(emulated().snapshot())).not.toContain(browser.cookies.get('__Host-emu-session'));
  const stolen = await emulated().fetch(url(SILENT), {
    headers: { cookie: `__Host-emu-session=${first!}` },
    redirect: 'manual',
  });
  expect(stolen.headers.get('location')).toContain('login_required');
});
