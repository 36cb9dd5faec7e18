import type { Credential } from '@aml-auth/core';
import {
  fromAzureCli,
  fromAzurePipelines,
  fromBrowser,
  fromClientAssertion,
  fromClientSecret,
  fromDeviceCode,
  fromEnvironment,
  fromGitHubActions,
  fromOidcSource,
  fromOnBehalfOf,
  fromProcess,
  fromWorkloadIdentity,
} from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { memoryTokenStore } from '@aml-auth/token-cache';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverFetch } from '../support/never-fetch.js';
import { failureOf } from '../support/outcome.js';

const ID = '11111111-1111-4111-8111-111111111111';
const ARM = 'https://management.azure.com/.default';

/** Every method that a tenant can be given to. */
const BY_TENANT: Readonly<Record<string, (tenantId: string, send: typeof fetch) => Credential>> = {
  fromClientSecret: (tenantId, fetch) =>
    fromClientSecret({ tenantId, clientId: ID, clientSecret: 's', fetch }),
  fromClientAssertion: (tenantId, fetch) =>
    fromClientAssertion({ tenantId, clientId: ID, getAssertion: () => 'a.b.c', fetch }),
  fromGitHubActions: (tenantId, fetch) => fromGitHubActions({ tenantId, clientId: ID, env: {}, fetch }),
  fromAzurePipelines: (tenantId, fetch) =>
    fromAzurePipelines({ tenantId, clientId: ID, serviceConnectionId: ID, env: {}, fetch }),
  fromOidcSource: (tenantId, fetch) =>
    fromOidcSource({ tenantId, clientId: ID, source: { variable: 'X' }, env: { X: 'a.b.c' }, fetch }),
  fromOnBehalfOf: (tenantId, fetch) =>
    fromOnBehalfOf({ tenantId, clientId: ID, clientSecret: 's', userAssertion: 'a.b.c', fetch }),
  fromDeviceCode: (tenantId, fetch) => fromDeviceCode({ tenantId, onPrompt: () => undefined, fetch }),
  fromBrowser: (tenantId, fetch) => fromBrowser({ tenantId, openBrowser: () => undefined, fetch }),
  fromAzureCli: (tenantId) => fromAzureCli({ tenantId, env: { PATH: '' } }),
  fromProcess: (tenantId) => fromProcess({ tenantId, program: process.execPath }),
  fromWorkloadIdentity: (tenantId, fetch) =>
    fromWorkloadIdentity({ tenantId, clientId: ID, tokenFilePath: import.meta.filename, env: {}, fetch }),
  fromEnvironment: (tenantId, fetch) =>
    fromEnvironment({
      env: { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: ID, AZURE_CLIENT_SECRET: 's' },
      fetch,
    }),
};

describe('a tenant', () => {
  it.each([
    ['with a command', '"; rm -rf ~"'],
    ['with an option on a second line', 'contoso\n--output'],
    ['that leaves its place in the path', '../../common'],
    ['that looks like an option', '-x'],
    ['with a letter of another alphabet', 'cont\u043eso.com'],
    ['with a zero-width space', 'con\u200btoso.com'],
    ['that is written from right to left', '\u202econtoso.com'],
    ['of a hundred kilobytes', 'a'.repeat(100_000)],
    ['with an escaped slash', 'contoso%2f..'],
    ['with a query', 'contoso.com?x=y'],
  ])('%s is refused by every method before anything is sent', async (_what, tenantId) => {
    for (const [name, make] of Object.entries(BY_TENANT)) {
      const { fetch, asked } = neverFetch();
      const error = await failureOf(() => make(tenantId, fetch).getToken(ARM));
      expect(error.code, name).toBe('AML_CONFIG_INVALID');
      expect(error.message.length, name).toBeLessThan(300);
      expect(asked, name).toEqual([]);
    }
  });
});

describe('a scope', () => {
  const { fetch, asked } = neverFetch();
  const credential = fromClientSecret({ tenantId: ID, clientId: ID, clientSecret: 's', fetch });

  it.each([
    ['with a second resource after a blank', 'https://ml.azure.com/.default https://evil.example/.default'],
    ['with an escaped line end and a header', 'https://evil.example/.default%0aX:y'],
    ['with a line end', 'https://ml.azure.com/.default\r\nX: y'],
    ['that is empty', ''],
    ['that is missing', []],
    [
      'that is one of ten thousand',
      Array.from({ length: 10_000 }, (_, index) => `https://x${index}/.default`),
    ],
  ])('%s is refused before anything is sent', async (_what, scopes) => {
    const error = await failureOf(() => credential.getToken(scopes));
    expect(error.code).toBe('AML_CONFIG_INVALID');
    expect(asked).toEqual([]);
  });
});

describe('a subscription', () => {
  it.each(['`id`', '$(id)', '-x;y', 'a\nb', 'a"b', 'x'.repeat(300)])(
    '%j is refused',
    async (subscription) => {
      const error = await failureOf(() => fromAzureCli({ subscription, env: { PATH: '' } }));
      expect(error.code).toBe('AML_CONFIG_INVALID');
    },
  );
});

describe('a client id', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
    trustEmulator(emulator);
  });
  afterAll(() => emulator.close());

  it.each(['trainer', `{${ID}}`, ID.replaceAll('-', ''), ` ${ID}`, `${ID}\n`, ''])(
    '%j is refused',
    async (clientId) => {
      for (const make of [
        () => fromClientSecret({ tenantId: ID, clientId, clientSecret: 's' }),
        () => fromBrowser({ clientId }),
        () => fromDeviceCode({ clientId, onPrompt: () => undefined }),
      ]) {
        expect((await failureOf(make)).code).toBe('AML_CONFIG_INVALID');
      }
    },
  );

  it('in upper case finds the token of the one in lower case', async () => {
    const { tenantId, clientId, secret = '' } = emulator.app('trainer');
    const tokenStore = memoryTokenStore();
    const requests: string[] = [];
    const of = (ids: { tenantId: string; clientId: string }) =>
      fromClientSecret({
        ...ids,
        clientSecret: secret,
        cloud: emulator.cloud,
        tokenStore,
        fetch: (input, init) => {
          requests.push(input instanceof Request ? input.url : input.toString());
          return fetch(input, init);
        },
      });
    const lower = await of({ tenantId, clientId: clientId.toLowerCase() }).getToken(ARM);
    const upper = { tenantId: tenantId.toUpperCase(), clientId: clientId.toUpperCase() };
    expect((await of(upper).getToken(ARM)).token).toBe(lower.token);
    expect(requests).toHaveLength(1);
  });
});
