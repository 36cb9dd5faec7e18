import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { chain } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { fromBrowser, fromDeviceCode, type BrowserOptions } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programFolder } from '../support/program.js';
import { eagerClock } from '../support/eager-clock.js';
import { deliver, personInBrowser } from '../support/browser-stand-in.js';

const ARM = 'https://management.azure.com/.default';
const AML = 'https://ml.azure.com/.default';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      tenants: [
        {
          name: 'contoso',
          users: [
            { upn: 'alice@contoso', password: 'Pa55w0rd!' },
            { upn: 'bob@contoso', password: 'Pa55w0rd!' },
          ],
          apps: [{ name: 'desktop', public: true, redirectUris: ['http://127.0.0.1/done'] }],
        },
      ],
    },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

const opened: URL[] = [];
/** What the browsers are still busy with: their last page comes while the token is on its way. */
const busy: Promise<unknown>[] = [];
const noting =
  (open: (url: string) => unknown) =>
  (url: string): unknown => {
    opened.push(new URL(url));
    const result = open(url);
    busy.push(Promise.resolve(result));
    return result;
  };
const lastPage = () => Promise.allSettled(busy);

function subject(openBrowser: (url: string) => unknown, more: BrowserOptions = {}) {
  opened.length = 0;
  busy.length = 0;
  return fromBrowser({ cloud: emulator.cloud, openBrowser: noting(openBrowser), ...more });
}

const alice = (pages: string[] = []) => personInBrowser(emulator, 'alice@contoso', pages);

describe('fromBrowser', () => {
  it('signs a person in, shows a page without script, and frees the port', async () => {
    const pages: string[] = [];
    const { token } = await subject(alice(pages)).getToken(AML);
    expect(decodeJwt(token)).toMatchObject({
      oid: emulator.user('alice@contoso').id,
      aud: 'https://ml.azure.com',
    });
    await lastPage();
    expect(pages[0]).toContain('You are signed in');
    expect(pages[0]).not.toMatch(/<script|src=|https?:/);
    const redirectUri = opened[0]?.searchParams.get('redirect_uri') ?? '';
    expect(redirectUri).toMatch(/^http:\/\/localhost:\d+$/);
    await expect(fetch(redirectUri)).rejects.toThrow();
  });

  it('opens one browser for all callers, and none for later tokens', async () => {
    const credential = subject(alice());
    const tokens = await Promise.all([ARM, AML, ARM].map((scope) => credential.getToken(scope)));
    expect(tokens.map(({ token }) => decodeJwt(token).aud)).toEqual([
      'https://management.azure.com',
      'https://ml.azure.com',
      'https://management.azure.com',
    ]);
    await credential.getToken('https://graph.microsoft.com/.default');
    expect(opened).toHaveLength(1);
  });

  it('sends what was wished for, and the claims of a challenge', async () => {
    const { id } = emulator.tenant('contoso');
    const credential = subject(alice(), {
      tenantId: id,
      prompt: 'select_account',
      loginHint: 'alice@contoso.example',
    });
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
    await credential.getToken(ARM, { claims });
    expect(opened[0]?.pathname).toBe(`/${id}/oauth2/v2.0/authorize`);
    expect(Object.fromEntries(opened[0]?.searchParams ?? [])).toMatchObject({
      prompt: 'select_account',
      login_hint: 'alice@contoso.example',
      claims,
      response_mode: 'form_post',
      code_challenge_method: 'S256',
    });
  });

  it('uses the redirect URI of an application of its own', async () => {
    const { clientId, tenantId } = emulator.app('desktop');
    const credential = subject(alice(), { clientId, tenantId, redirectUri: 'http://127.0.0.1/done' });
    const { token } = await credential.getToken(ARM);
    expect(decodeJwt(token)['appid']).toBe(clientId);
    expect(opened[0]?.searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/done$/);
  });

  it('makes new state, nonce and verifier for each sign-in', async () => {
    const seen = new Set<string | null>();
    const credential = subject(alice());
    await credential.getToken(ARM);
    emulator.revokeRefreshTokens('alice@contoso');
    await credential.getToken(AML);
    expect(opened).toHaveLength(2);
    for (const { searchParams } of opened) {
      for (const name of ['state', 'nonce', 'code_challenge']) {
        expect(searchParams.get(name)?.length).toBe(43);
        seen.add(searchParams.get(name));
      }
    }
    expect(seen.size).toBe(6);
  });

  it('says what the authority refused, on the page and in the error, and shows no foreign text', async () => {
    let page = '';
    const credential = subject(async (url) => {
      const { searchParams } = new URL(url);
      const fields = {
        state: searchParams.get('state') ?? '',
        error: 'access_denied',
        error_description: 'AADSTS65004: User declined <script>alert(1)</script>.',
      };
      const answer = { method: 'POST' as const, url: searchParams.get('redirect_uri') ?? '', fields };
      page = await (await deliver(answer)).text();
    });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_INTERACTION_REQUIRED',
      aadsts: 65004,
    });
    await lastPage();
    expect(page).toContain('You are not signed in');
    expect(page).not.toMatch(/script|declined/);
  });

  it('shows the page of failure where the code is refused, and keeps the code out of the error', async () => {
    const pages: string[] = [];
    const fields = { state: '', code: 'made-up-code-1234567890' };
    const credential = subject(async (url) => {
      const { searchParams } = new URL(url);
      fields.state = searchParams.get('state') ?? '';
      const answer = { method: 'POST' as const, url: searchParams.get('redirect_uri') ?? '', fields };
      pages.push(await (await deliver(answer)).text());
    });
    const error: unknown = await credential.getToken(ARM).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'AML_INTERACTION_REQUIRED',
      aadsts: 70000,
    });
    await lastPage();
    expect(pages[0]).toContain('You are not signed in');
    for (const shown of [inspect(error, { depth: 9 }), JSON.stringify(error)]) {
      expect(shown).not.toContain(fields.code);
      expect(shown).not.toContain(fields.state);
    }
  });

  it('refuses a code whose ID token has another nonce', async () => {
    const credential = subject(async (url) => {
      const changed = new URL(url);
      changed.searchParams.set('nonce', 'n'.repeat(43));
      await alice()(changed.href);
    });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_RESPONSE_INVALID',
      message: expect.stringContaining('nonce') as string,
    });
  });

  it('refuses an answer of another issuer before it sends the code anywhere', async () => {
    const requests: string[] = [];
    const credential = subject(
      async (url) => {
        const result = await emulator.signIn({ upn: 'alice@contoso', url });
        await deliver({ ...result, fields: { ...result.fields, iss: 'https://evil.example/v2.0' } });
      },
      {
        fetch: (input, init) => {
          requests.push(input instanceof Request ? input.url : input.toString());
          return fetch(input, init);
        },
      },
    );
    await expect(credential.getToken(ARM)).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID' });
    expect(requests).toEqual([]);
  });

  it('ends at the time limit', async () => {
    const clock = manualClock();
    const credential = subject(() => clock.advance(60_000), { clock, timeLimitMs: 60_000 });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_TIMEOUT',
      message: expect.stringContaining('within 60 seconds') as string,
    });
    expect(clock.pending).toBe(0);
  });

  it('ends, and frees the port, when the last caller cancels', async () => {
    const one = new AbortController();
    const two = new AbortController();
    let isOpen: (url: URL) => void = () => undefined;
    const shown = new Promise<URL>((resolve) => (isOpen = resolve));
    const credential = subject((url) => isOpen(new URL(url)));
    const first = credential.getToken(ARM, { abortSignal: one.signal });
    const second = credential.getToken(AML, { abortSignal: two.signal });
    const redirectUri = (await shown).searchParams.get('redirect_uri') ?? '';
    one.abort();
    await expect(first).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    expect((await fetch(redirectUri)).status).toBe(400);
    two.abort();
    await expect(second).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    await expect
      .poll(() =>
        fetch(redirectUri).then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed');
  });

  it('ends with the error of a browser that cannot be opened', async () => {
    await expect(subject(() => Promise.reject(new Error('no window'))).getToken(ARM)).rejects.toThrow(
      'no window',
    );
    await expect(
      subject(() => {
        throw new Error('no function');
      }).getToken(ARM),
    ).rejects.toThrow('no function');
  });

  it('opens the program in BROWSER by itself', async () => {
    const programs = await programFolder();
    const note = join(programs.folder, 'address');
    // Renamed when it is whole: what is read is never half an address.
    const BROWSER = await programs.make(
      'my browser',
      `const fs = require('node:fs');
       fs.writeFileSync(${JSON.stringify(`${note}.part`)}, process.argv[2]);
       fs.renameSync(${JSON.stringify(`${note}.part`)}, ${JSON.stringify(note)});`,
    );
    const token = fromBrowser({ cloud: emulator.cloud, env: { BROWSER } }).getToken(ARM);
    let url = '';
    await expect
      .poll(async () => (url = await readFile(note, 'utf8').catch(() => '')), { timeout: 20_000 })
      .toContain(emulator.origin);
    await alice()(url);
    expect(decodeJwt((await token).token)['oid']).toBe(emulator.user('alice@contoso').id);
    await programs.remove();
  });

  it('lets a chain go on to the device code where nobody can see a browser', async () => {
    const headless = fromBrowser({
      cloud: emulator.cloud,
      env: { SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' },
    });
    await expect(headless.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
      disposition: 'skip',
      remedy: expect.stringContaining('fromDeviceCode()') as string,
    });
    const clock = eagerClock();
    const device = fromDeviceCode({
      cloud: emulator.cloud,
      clock,
      fetch: clock.fetch,
      onPrompt: ({ userCode }) => {
        emulator.approveDeviceCode(userCode, 'bob@contoso');
      },
    });
    const { token } = await chain(headless, device).getToken(ARM);
    expect(decodeJwt(token)['oid']).toBe(emulator.user('bob@contoso').id);
  });

  it('takes no other account than the first', async () => {
    let upn = 'alice@contoso';
    const credential = subject((url) => personInBrowser(emulator, upn)(url));
    await credential.getToken(ARM);
    emulator.revokeRefreshTokens('alice@contoso');
    upn = 'bob@contoso';
    await expect(credential.getToken(AML)).rejects.toMatchObject({ code: 'AML_IDENTITY_MISMATCH' });
  });

  it('says who it is: nobody in particular, or the tenant it was made for', () => {
    expect(subject(alice()).describe()).toEqual({
      method: 'browser',
      clientId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
      authorityHost: emulator.origin,
    });
    expect(subject(alice(), { tenantId: 'contoso.example' }).describe().tenantId).toBe('contoso.example');
  });

  it.each([
    [{ tenantId: '../x' }],
    [{ clientId: 'x' }],
    [{ redirectUri: 'http://localhost.evil.example' }],
    [{ redirectUri: 'https://localhost' }],
    [{ redirectUri: 'http://user@localhost' }],
    [{ redirectUri: 'http://localhost/?a=b' }],
    [{ loginHint: 'alice\r\nx' }],
    [{ loginHint: 'a b' }],
    [{ loginHint: '\u202ealice' }],
    [{ prompt: 'none' as unknown as 'login' }],
  ])('refuses the options %j', (options) => {
    expect(() => fromBrowser(options)).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
  });
});
