import * as http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { cloudFromEnvironment, publicCloud, type Cloud, type Credential } from '@aml-auth/core';
import {
  fromBrowser,
  fromClientSecret,
  fromDeviceCode,
  fromGitHubActions,
  fromManagedIdentity,
} from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverFetch } from '../support/never-fetch.js';
import { failureOf } from '../support/outcome.js';

const ID = '11111111-1111-4111-8111-111111111111';
const ARM = 'https://management.azure.com/.default';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

const withAuthority = (authorityHost: string): Cloud => ({ ...publicCloud, authorityHost });

describe('an authority host', () => {
  it.each([
    ['without TLS', 'http://login.microsoftonline.com'],
    ['that hides another host behind a user name', 'https://login.microsoftonline.com@evil.example'],
    ['with a dot at its end', 'https://login.microsoftonline.com.'],
    ['with the port that is the default', 'https://login.microsoftonline.com:443'],
    ['as a decimal address', 'https://2130706433'],
    ['as a short IPv6 address in a long spelling', 'https://[0:0:0:0:0:0:0:1]'],
    ['in letters of another alphabet', 'https://login.micr\u043esoftonline.com'],
    ['in upper case', 'https://LOGIN.microsoftonline.com'],
    ['with a path', 'https://login.microsoftonline.com/common'],
    ['with a slash at its end', 'https://login.microsoftonline.com/'],
    ['of another scheme', 'file:///etc/passwd'],
    ['that is empty', ''],
  ])('%s is refused before anything is sent', async (_what, authorityHost) => {
    const cloud = withAuthority(authorityHost);
    for (const make of [
      (send: typeof fetch): Credential =>
        fromClientSecret({ tenantId: ID, clientId: ID, clientSecret: 's', cloud, fetch: send }),
      (send: typeof fetch): Credential => fromDeviceCode({ onPrompt: () => undefined, cloud, fetch: send }),
      (send: typeof fetch): Credential => fromBrowser({ openBrowser: () => undefined, cloud, fetch: send }),
    ]) {
      const { fetch, asked } = neverFetch();
      const error = await failureOf(() => make(fetch).getToken(ARM));
      expect(error.code).toBe('AML_CONFIG_INVALID');
      expect(asked).toEqual([]);
    }
  });

  it('that only begins like a known one is not taken from the environment', async () => {
    for (const AZURE_AUTHORITY_HOST of [
      'https://login.microsoftonline.com.evil.example',
      'https://login.microsoftonline.com@evil.example',
      'http://login.microsoftonline.com',
    ]) {
      const error = await failureOf(() => cloudFromEnvironment({ AZURE_AUTHORITY_HOST }));
      expect(error.code).toBe('AML_CONFIG_INVALID');
    }
  });
});

describe('a managed-identity endpoint', () => {
  it.each([
    ['AZURE_POD_IDENTITY_AUTHORITY_HOST', 'http://169.254.169.254@evil.example'],
    ['AZURE_POD_IDENTITY_AUTHORITY_HOST', 'http://169.254.169.254.evil.example'],
    ['AZURE_POD_IDENTITY_AUTHORITY_HOST', 'http://203.0.113.7'],
    ['AZURE_POD_IDENTITY_AUTHORITY_HOST', 'file:///etc/passwd'],
    ['AZURE_POD_IDENTITY_AUTHORITY_HOST', 'gopher://169.254.169.254'],
    ['IDENTITY_ENDPOINT', 'http://2886729985/token'],
    ['IDENTITY_ENDPOINT', 'http://evil.example/token'],
    ['IDENTITY_ENDPOINT', 'ftp://127.0.0.1/token'],
    ['MSI_ENDPOINT', 'http://user:pass@127.0.0.1/token'],
  ])('%s=%s is refused before anything is sent', async (name, value) => {
    const { fetch, asked } = neverFetch();
    const env = { IDENTITY_HEADER: 'h', MSI_SECRET: 's', [name]: value };
    const error = await failureOf(() => fromManagedIdentity({ env, clientId: ID, fetch }).getToken(ARM));
    expect(['AML_UNTRUSTED_HOST', 'AML_CONFIG_INVALID']).toContain(error.code);
    expect(asked).toEqual([]);
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('with status %i takes no secret to another host', async (status) => {
    const { tenantId, clientId, secret = '' } = emulator.app('trainer');
    const hosts: string[] = [];
    const redirecting: typeof fetch = (input, init) => {
      hosts.push(new URL(input instanceof Request ? input.url : input).host);
      expect(init?.redirect).toBe('manual');
      return Promise.resolve(
        new Response(null, { status, headers: { location: 'https://evil.example/token' } }),
      );
    };
    const common = { cloud: emulator.cloud, fetch: redirecting };
    const github = {
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example/x',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-secret',
    };
    for (const credential of [
      fromClientSecret({ tenantId, clientId, clientSecret: secret, ...common }),
      fromDeviceCode({ onPrompt: () => undefined, ...common }),
      fromGitHubActions({ tenantId, clientId, env: github, ...common }),
      fromManagedIdentity({
        env: { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/t', IDENTITY_HEADER: 'h' },
        fetch: redirecting,
      }),
    ]) {
      await failureOf(() => credential.getToken(ARM));
    }
    expect(hosts).toEqual([
      emulator.cloud.authorityHost.slice(8),
      emulator.cloud.authorityHost.slice(8),
      'token.example',
      '127.0.0.1:1',
    ]);
  });
});

describe('a discovery document', () => {
  it('with endpoints or an issuer of another host is never asked for', async () => {
    const { tenantId, clientId, secret = '' } = emulator.app('trainer');
    const paths: string[] = [];
    const evil: typeof fetch = (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      paths.push(url.pathname);
      if (!url.pathname.includes('openid-configuration')) return fetch(input, init);
      const endpoint = 'https://evil.example/token';
      return Promise.resolve(
        Response.json({
          issuer: 'https://evil.example/{tenantid}',
          token_endpoint: endpoint,
          jwks_uri: endpoint,
        }),
      );
    };
    await fromClientSecret({
      tenantId,
      clientId,
      clientSecret: secret,
      cloud: emulator.cloud,
      fetch: evil,
    }).getToken(ARM);
    expect(paths).toEqual([`/${tenantId}/oauth2/v2.0/token`]);
  });
});

describe('a proxy', () => {
  it('with a password in its address is masked in errors', async () => {
    const cause = Object.assign(new Error('connect http://user:S3cret@proxy.example:8080'), {
      code: 'ECONNREFUSED',
    });
    const error = await failureOf(() =>
      fromClientSecret({
        tenantId: ID,
        clientId: ID,
        clientSecret: 's',
        timeLimitMs: 1,
        fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
      }).getToken(ARM),
    );
    for (const shown of [JSON.stringify(error), inspect(error, { depth: 9 }), String(error)]) {
      expect(shown).not.toContain('S3cret');
    }
  });

  // Node.js has it from 24.14.
  const canProxy = 'setGlobalProxyFromEnv' in http;
  it.skipIf(!canProxy)(
    'is passed by for addresses in NO_PROXY, so that a secret of the machine stays on it',
    async () => {
      const seen: string[] = [];
      const listen = async (name: string): Promise<{ port: number; close: () => void }> => {
        const server = http
          .createServer((_request, response) => {
            seen.push(name);
            const access_token = new UnsecuredJWT({ appid: ID }).encode();
            const expires_on = String(Math.floor(Date.now() / 1000) + 3600);
            response
              .writeHead(200, { 'content-type': 'application/json' })
              .end(JSON.stringify({ access_token, expires_on }));
          })
          .listen(0, '127.0.0.1');
        await once(server, 'listening');
        return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
      };
      const [proxy, endpoint] = [await listen('proxy'), await listen('endpoint')];
      const restore = http.setGlobalProxyFromEnv({
        http_proxy: `http://127.0.0.1:${proxy.port}`,
        no_proxy: '127.0.0.1,169.254.169.254',
      });
      try {
        const env = { IDENTITY_ENDPOINT: `http://127.0.0.1:${endpoint.port}/token`, IDENTITY_HEADER: 'h' };
        expect((await fromManagedIdentity({ env }).getToken(ARM)).tokenType).toBe('Bearer');
        expect(seen).toEqual(['endpoint']);
      } finally {
        restore();
        proxy.close();
        endpoint.close();
      }
    },
  );
});
