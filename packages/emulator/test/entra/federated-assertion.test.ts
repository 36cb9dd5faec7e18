import { manualClock } from '@aml-auth/core/testing';
import { createExternalIssuer, startEmulator } from '@aml-auth/emulator';
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { afterAll, describe, expect, test } from 'vitest';

import { assertionForm, refusalOf } from '../support/assertion.js';
import { postToken } from '../support/emulated.js';

const NOW = Date.UTC(2026, 10, 22, 9);
const SECONDS = NOW / 1000;
const SUBJECT = 'repo:Contoso/Models:ref:refs/heads/main';
const clock = manualClock(NOW);
const github = await createExternalIssuer({ issuer: 'https://token.actions.githubusercontent.com', clock });
const cluster = await createExternalIssuer({ issuer: 'https://oidc.example.com/cluster/', clock });
const ownKeys = await generateKeyPair('RS256', { extractable: true });
const strangersKeys = await generateKeyPair('RS256', { extractable: true });
const emulator = await startEmulator({
  clock,
  seed: {
    tenants: [
      {
        name: 'contoso',
        apps: [
          {
            name: 'ci',
            federated: [
              { issuer: github.issuer, subject: SUBJECT },
              { issuer: github.issuer, subject: 'other', audience: 'api://other' },
              { issuer: cluster.issuer, subject: 'system:serviceaccount:ml:train' },
              { issuer: 'https://unknown.example.com', subject: SUBJECT },
            ],
          },
          { name: 'bare' },
        ],
      },
    ],
    issuers: [
      { issuer: github.issuer, keys: github.jwks },
      {
        issuer: cluster.issuer,
        keys: {
          keys: [
            { ...github.jwks.keys[0], kid: undefined },
            { ...(await exportJWK(ownKeys.publicKey)) },
            { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' },
          ],
        },
      },
    ],
  },
});
afterAll(() => emulator.close());

const post = async (assertion: string | Promise<string>, app = 'ci'): Promise<Response> =>
  postToken(emulator, assertionForm(emulator, app, await assertion));

const signPlainly = (key: CryptoKey): Promise<string> =>
  new SignJWT({ sub: 'system:serviceaccount:ml:train', exp: SECONDS + 60 })
    .setIssuer(cluster.issuer)
    .setAudience('api://AzureADTokenExchange')
    .setProtectedHeader({ alg: 'RS256' })
    .sign(key);

describe('a token', () => {
  test('comes for the token of another provider, and says so in appidacr', async () => {
    const response = await post(github.sign({ sub: SUBJECT }));
    const { access_token: token } = (await response.json()) as { access_token: string };
    const { clientId, objectId } = emulator.app('ci');
    expect(decodeJwt(token)).toMatchObject({ appid: clientId, oid: objectId, appidacr: '2' });
  });

  test.each<[string, Record<string, unknown>]>([
    ['an audience of its own', { sub: 'other', aud: 'api://other' }],
    [
      'several audiences',
      { sub: SUBJECT, aud: ['https://github.com/contoso', 'api://AzureADTokenExchange'] },
    ],
    ['further claims', { sub: SUBJECT, repository: 'Contoso/Models', run_id: 1 }],
    ['a clock that is 5 minutes ahead', { sub: SUBJECT, nbf: SECONDS + 300, exp: SECONDS + 600 }],
  ])('comes with %s', async (_, claims) => {
    expect((await post(github.sign(claims))).status).toBe(200);
  });

  test('comes when neither token nor keys have a key id: then every key is tried', async () => {
    expect((await post(signPlainly(ownKeys.privateKey))).status).toBe(200);
    expect(await refusalOf(await post(signPlainly(strangersKeys.privateKey)))).toMatchObject({
      code: 700027,
      text: expect.stringContaining('[Reason - Key was found, but use of the key') as string,
    });
  });
});

describe('refusals', () => {
  const help =
    'Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation';

  test.each<[string, Record<string, unknown>, number, string]>([
    [
      'another subject',
      { sub: 'repo:Contoso/Models:pull_request' },
      700213,
      `No matching federated identity record found for presented assertion subject 'repo:Contoso/Models:pull_request'. ${help}`,
    ],
    [
      'the subject in another case',
      { sub: SUBJECT.toLowerCase() },
      700213,
      `No matching federated identity record found for presented assertion subject '${SUBJECT.toLowerCase()}'. ${help}`,
    ],
    [
      'no subject',
      {},
      700213,
      `No matching federated identity record found for presented assertion subject ''. ${help}`,
    ],
    [
      'the subject of a credential with another audience',
      { sub: 'other' },
      700213,
      `No matching federated identity record found for presented assertion subject 'other'. ${help}`,
    ],
    [
      'another issuer',
      { iss: `${github.issuer}/`, sub: SUBJECT },
      700211,
      `No matching federated identity record found for presented assertion issuer '${github.issuer}/'. ${help}`,
    ],
    [
      'another audience',
      { sub: SUBJECT, aud: 'https://github.com/contoso' },
      700212,
      `No matching federated identity record found for presented assertion audience 'https://github.com/contoso'. ${help}`,
    ],
    [
      'an issuer without keys in the seed',
      { iss: 'https://unknown.example.com', sub: SUBJECT },
      501661,
      "Request to External OIDC endpoint failed. The emulator has no keys of 'https://unknown.example.com': name them in the issuers of its seed.",
    ],
    [
      'a token that has ended',
      { sub: SUBJECT, nbf: SECONDS - 300, exp: SECONDS },
      700024,
      'Client assertion is not within its valid time range. Current time: 2026-11-22T09:00:00.0000000Z, assertion valid from 2026-11-22T08:55:00.0000000Z, expiry time of assertion 2026-11-22T09:00:00.0000000Z. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .',
    ],
  ])('%s', async (_, claims, code, text) => {
    expect(await refusalOf(await post(github.sign(claims)))).toMatchObject({ code, text });
  });

  test('a token of another provider in the name of this one', async () => {
    const forged = await post(cluster.sign({ iss: github.issuer, sub: SUBJECT }));
    expect(await refusalOf(forged)).toMatchObject({
      code: 700027,
      status: 401,
      text: expect.stringContaining('[Reason - The key was not found., Please visit') as string,
    });
  });

  test('an application without federated credentials', async () => {
    const { clientId } = emulator.app('bare');
    expect(await refusalOf(await post(github.sign({ sub: SUBJECT }), 'bare'))).toEqual({
      code: 70025,
      status: 401,
      text: `The client '${clientId}'(bare) has no configured federated identity credentials.`,
    });
  });
});

test('a token expires after five minutes on the clock of the emulator', async () => {
  const token = await github.sign({ sub: SUBJECT });
  clock.advance(299_000);
  expect((await post(token)).status).toBe(200);
  clock.advance(1_000);
  expect(await refusalOf(await post(token))).toMatchObject({ code: 700024 });
  clock.setWallTime(NOW);
});

test('the issuer publishes the public half of its key only, by the id that its tokens name', async () => {
  const [key] = github.jwks.keys;
  expect(Object.keys(key!).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  const token = await github.sign({ sub: SUBJECT });
  expect(decodeProtectedHeader(token)).toEqual({ typ: 'JWT', alg: 'RS256', kid: key!['kid'] });
  expect(decodeJwt(token)).toEqual({
    iss: github.issuer,
    sub: SUBJECT,
    aud: 'api://AzureADTokenExchange',
    iat: SECONDS,
    nbf: SECONDS,
    exp: SECONDS + 300,
    jti: expect.any(String) as string,
  });
});
