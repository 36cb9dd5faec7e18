import { manualClock } from '@aml-auth/core/testing';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';

import {
  authorizeUrl,
  AZURE_CLI,
  REDIRECT,
  redeem,
  tokensOf,
  USER_SEED,
  VERIFIER,
} from '../../support/user-flows.js';
import { withEmulator } from '../../support/with-emulator.js';

const clock = manualClock();
const emulated = withEmulator({ seed: USER_SEED, clock });

const url = (change: Record<string, string | undefined> = {}, options: { tenant?: string } = {}): string =>
  authorizeUrl(emulated(), change, options);

async function codeOf(change: Record<string, string | undefined> = {}): Promise<string> {
  const { fields } = await emulated().signIn({ upn: 'alice@contoso', url: url(change) });
  expect(fields).toHaveProperty('code');
  return fields['code']!;
}

describe('the answer to the client', () => {
  test.each([undefined, 'query'])('is a redirect with a query for response_mode %s', async (mode) => {
    const result = await emulated().signIn({ upn: 'alice@contoso', url: url({ response_mode: mode }) });
    expect(result.method).toBe('GET');
    const target = new URL(result.url);
    expect(target.origin).toBe(REDIRECT);
    expect(target.searchParams.get('state')).toBe('st&te=1');
    expect(target.searchParams.get('code')).toBe(result.fields['code']);
    expect(target.hash).toBe('');
  });

  test('is a redirect with a fragment', async () => {
    const result = await emulated().signIn({ upn: 'alice@contoso', url: url({ response_mode: 'fragment' }) });
    expect(new URL(result.url).search).toBe('');
    expect(result.fields).toMatchObject({ code: expect.any(String) as string, state: 'st&te=1' });
  });

  test('is a form', async () => {
    const result = await emulated().signIn({
      upn: 'alice@contoso',
      url: url({ response_mode: 'form_post' }),
    });
    const { id, tenantId } = emulated().user('alice@contoso');
    expect(result).toEqual({
      method: 'POST',
      url: `${REDIRECT}/`,
      fields: {
        code: expect.any(String) as string,
        client_info: Buffer.from(JSON.stringify({ uid: id, utid: tenantId })).toString('base64url'),
        session_state: expect.any(String) as string,
        state: 'st&te=1',
      },
    });
  });
});

describe('the code', () => {
  test('gives tokens with the nonce, and with both factors where the user has two', async () => {
    const { fields } = await emulated().signIn({ upn: 'bob@contoso', url: url() });
    const tokens = await tokensOf(redeem(emulated(), fields['code']!));
    expect(decodeJwt(tokens.id_token)).toMatchObject({ nonce: 'n-1', aud: AZURE_CLI });
    expect(decodeJwt(tokens.access_token)['amr']).toEqual(['pwd', 'mfa']);
    expect(tokens).toMatchObject({ foci: '1', refresh_token: expect.any(String) as string });
  });

  test('works once', async () => {
    const code = await codeOf();
    expect((await redeem(emulated(), code)).status).toBe(200);
    expect(await tokensOf(redeem(emulated(), code))).toMatchObject({
      error: 'invalid_grant',
      error_codes: [54005],
    });
  });

  test('works once, also when it is redeemed twice at the same time', async () => {
    const code = await codeOf();
    const answers = await Promise.all([1, 2, 3].map(() => tokensOf(redeem(emulated(), code))));
    expect(answers.filter((answer) => 'access_token' in answer)).toHaveLength(1);
    expect(
      answers.filter((answer) => 'error_codes' in answer && answer.error_codes[0] === 54005),
    ).toHaveLength(2);
  });

  test('lasts ten minutes', async () => {
    const code = await codeOf();
    clock.advance(600_000);
    expect(await tokensOf(redeem(emulated(), code))).toMatchObject({
      error: 'invalid_grant',
      error_codes: [70008],
    });
  });

  test.each<[string, number, Record<string, string | undefined>]>([
    ['another verifier', 501481, { code_verifier: `${VERIFIER}x` }],
    ['no verifier', 501481, { code_verifier: undefined }],
    ['another redirect URI', 500112, { redirect_uri: 'http://localhost:4322' }],
    ['no redirect URI', 500112, { redirect_uri: undefined }],
    ['another client', 70000, { client_id: '1950a258-227b-4e31-a9cf-717495945fc2' }],
    ['an unknown code', 70000, { code: '1.unknown' }],
    ['no code', 900144, { code: undefined }],
  ])('%s is refused', async (_, code, change) => {
    expect(await tokensOf(redeem(emulated(), await codeOf(), change))).toMatchObject({ error_codes: [code] });
  });

  test('a verifier for a request without a challenge is refused', async () => {
    const code = await codeOf({ code_challenge: undefined, code_challenge_method: undefined });
    expect(await tokensOf(redeem(emulated(), code))).toMatchObject({ error_codes: [501481] });
    expect((await redeem(emulated(), code, { code_verifier: undefined })).status).toBe(200);
  });

  test('a plain challenge is its verifier', async () => {
    const code = await codeOf({ code_challenge: VERIFIER, code_challenge_method: undefined });
    expect((await redeem(emulated(), code)).status).toBe(200);
  });

  test('another tenant is refused', async () => {
    const response = redeem(emulated(), await codeOf(), {}, { tenant: emulated().tenant('fabrikam').id });
    expect(await tokensOf(response)).toMatchObject({ error_codes: [700005] });
  });

  test('a confidential application redeems it with its secret only', async () => {
    const { clientId, secret } = emulated().app('portal');
    const ours = { client_id: clientId, redirect_uri: 'https://portal.example/callback' };
    const code = await codeOf(ours);
    expect(await tokensOf(redeem(emulated(), code, ours))).toMatchObject({ error_codes: [7000218] });
    expect((await redeem(emulated(), code, { ...ours, client_secret: secret })).status).toBe(200);
  });

  test('of v1 goes with a resource', async () => {
    const resource = 'https://management.core.windows.net/';
    const v1 = authorizeUrl(
      emulated(),
      { scope: undefined, resource },
      { tenant: 'common', path: 'oauth2/authorize' },
    );
    const { fields } = await emulated().signIn({ upn: 'carol@fabrikam', url: v1 });
    const tokens = await tokensOf(
      redeem(emulated(), fields['code']!, {}, { tenant: 'common', path: 'oauth2/token' }),
    );
    expect(tokens).toMatchObject({ resource, expires_in: '3599' });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      aud: resource,
      tid: emulated().tenant('fabrikam').id,
    });
  });
});

describe('redirect URIs', () => {
  const NONE = 'AADSTS50011';
  test.each<[string, string, string | undefined]>([
    ['notebook', 'http://localhost:1', undefined],
    ['notebook', 'http://localhost:65535/', undefined],
    ['notebook', 'http://localhost', undefined],
    ['portal', 'http://localhost:8400/cb', undefined],
    ['portal', 'https://portal.example/callback', undefined],
    ['notebook', 'http://localhost:1/other', NONE],
    ['notebook', 'http://127.0.0.1:1', NONE],
    ['notebook', 'https://localhost:1', NONE],
    ['notebook', 'http://localhost.evil.example', NONE],
    ['notebook', 'http://localhost@evil.example', NONE],
    ['notebook', 'http://user@localhost:1', NONE],
    ['portal', 'http://localhost:8400/cb?x=1', NONE],
    ['portal', 'http://localhost:8400/cb#x', NONE],
    ['portal', 'https://portal.example/callback/', NONE],
    ['portal', 'https://portal.example:444/callback', NONE],
    ['portal', 'https://PORTAL.example/callback', NONE],
    ['portal', 'javascript:alert(1)', NONE],
    ['portal', '', 'AADSTS900971'],
    ['api', '', 'AADSTS900971'],
    ['notebook', '', undefined],
  ])('%s and %s: %s', async (app, redirect, error) => {
    const { clientId } = emulated().app(app);
    const response = await emulated().fetch(url({ client_id: clientId, redirect_uri: redirect }), {
      redirect: 'manual',
    });
    expect(response.headers.get('x-ms-error-code') ?? undefined).toBe(error);
    expect(response.status).toBe(error === undefined ? 200 : 400);
    expect(response.headers.get('location')).toBeNull();
    expect(response.headers.get('content-type')).toContain('text/html');
  });
});

describe('errors', () => {
  test.each<[string, string, string, Record<string, string | undefined>]>([
    ['no response type', 'invalid_request', '900144', { response_type: undefined }],
    ['another response type', 'unsupported_response_type', '700051', { response_type: 'id_token' }],
    ['no scope', 'invalid_request', '900144', { scope: undefined }],
    ['an unknown resource', 'invalid_resource', '500011', { scope: 'https://example.org/.default' }],
    ['an unknown permission', 'invalid_client', '650053', { scope: 'https://management.azure.com/x' }],
    ['an unknown response mode', 'invalid_request', '70007', { response_mode: 'web_message' }],
    ['a challenge that is none', 'invalid_request', '501491', { code_challenge: 'short' }],
    ['an unknown method', 'invalid_request', '501491', { code_challenge_method: 'S1' }],
    ['a silent sign-in', 'login_required', '50058', { prompt: 'none' }],
  ])('%s goes back to the client', async (_, error, code, change) => {
    const response = await emulated().fetch(url(change), { redirect: 'manual' });
    expect(response.status).toBe(302);
    const { origin, searchParams } = new URL(response.headers.get('location')!);
    expect(origin).toBe(REDIRECT);
    expect(searchParams.get('error')).toBe(error);
    expect(searchParams.get('error_description')).toMatch(new RegExp(`^AADSTS${code}: `));
    expect(searchParams.get('state')).toBe('st&te=1');
  });

  test('go back in the form that was asked for', async () => {
    const change = { prompt: 'none', response_mode: 'fragment' };
    const response = await emulated().fetch(url(change), { redirect: 'manual' });
    expect(response.headers.get('location')).toMatch(/^http:\/\/localhost:4321\/#error=login_required&/);
  });

  test.each<[string, Record<string, string | undefined>, { tenant?: string }]>([
    ['AADSTS700016', { client_id: '00000000-0000-4000-8000-00000000dead' }, {}],
    ['AADSTS700038', { client_id: 'x' }, {}],
    ['AADSTS900144', { client_id: undefined }, {}],
    ['AADSTS90002', {}, { tenant: 'nowhere.example' }],
  ])('%s is a page', async (code, change, options) => {
    const response = await emulated().fetch(url(change, options));
    expect(response.headers.get('x-ms-error-code')).toBe(code);
    expect(await response.text()).toContain(code);
  });

  test('reach whoever signs in without a browser', async () => {
    const attempt = emulated().signIn({ upn: 'alice@contoso', url: url({ client_id: 'x' }) });
    await expect(attempt).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      message: expect.stringContaining('AADSTS700038') as string,
    });
    await expect(
      emulated().signIn({ upn: 'alice@contoso', url: url(), password: 'wrong' }),
    ).rejects.toMatchObject({ message: expect.stringContaining('AADSTS50126') as string });
    await expect(emulated().signIn({ upn: 'ghost@contoso', url: url() })).rejects.toMatchObject({
      code: 'AML_NOT_CONFIGURED',
    });
    await expect(emulated().signIn({ upn: 'carol@fabrikam', url: url() })).rejects.toMatchObject({
      message: expect.stringContaining('AADSTS50020') as string,
    });
  });

  test('an application of one tenant cannot be used through /common', async () => {
    const { clientId } = emulated().app('notebook');
    const path = url({ client_id: clientId }, { tenant: 'common' });
    const response = await emulated().fetch(path, { redirect: 'manual' });
    expect(response.headers.get('x-ms-error-code')).toBe('AADSTS50194');
    expect(response.headers.has('location')).toBe(false);
  });

  test('an application for many tenants can, by users of tenants that have it', async () => {
    const { clientId } = emulated().app('everywhere');
    const common = url({ client_id: clientId }, { tenant: 'common' });
    const alice = await emulated().signIn({ upn: 'alice@contoso', url: common });
    expect(alice.fields).toHaveProperty('code');
    const carol = await emulated().signIn({ upn: 'carol@fabrikam', url: common });
    expect(carol.fields).toMatchObject({ error: 'unauthorized_client' });
  });
});
