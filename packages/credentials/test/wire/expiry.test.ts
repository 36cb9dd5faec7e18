import { fromClientSecret, fromManagedIdentity } from '@aml-auth/credentials';
import { startEmulator, trustEmulator } from '@aml-auth/emulator';
import { ClientSecretCredential } from '@azure/identity';
import { describe, expect, it } from 'vitest';
import { patchedFetch, patchedPolicy, type Patch } from '../support/patched-replies.js';
import { runScript } from '../support/run-script.js';
import { startRecordingServer } from './recorders.js';

const ARM = 'https://management.azure.com/.default';
const HOUR = 3_600;
const client = new URL('clients/read-expiry.mjs', import.meta.url);

/** Replies are given one after the other: a few seconds pass between the two clients. */
const near = (a: number, b: number): boolean => Math.abs(a - b) < 30_000;

describe('the end of a managed-identity token', () => {
  /** What both clients make of the same reply, in milliseconds from now. */
  async function readings(times: object): Promise<{ published: number; ours: number }> {
    const server = await startRecordingServer((response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: 'token', token_type: 'Bearer', resource: 'x', ...times }));
    });
    try {
      const env = { IDENTITY_ENDPOINT: `${server.origin}/token`, IDENTITY_HEADER: 'h' };
      const { expiresOnTimestamp } = await fromManagedIdentity({ env }).getToken(ARM);
      const published = await runScript<number>(client, {}, env);
      return { published: published - Date.now(), ours: expiresOnTimestamp - Date.now() };
    } finally {
      await server.close();
    }
  }
  const inAnHour = () => Math.floor(Date.now() / 1000) + HOUR;

  it.each<[string, () => object]>([
    ['a number of seconds', () => ({ expires_on: inAnHour() })],
    ['the same in a string', () => ({ expires_on: String(inAnHour()) })],
    ['a date of ISO 8601', () => ({ expires_on: new Date(inAnHour() * 1000).toISOString() })],
  ])('is read alike where it is %s', async (_what, times) => {
    const { published, ours } = await readings(times());
    expect(near(ours, HOUR * 1000)).toBe(true);
    expect(near(published, ours)).toBe(true);
  });

  it.each<[string, () => object]>([
    ['given by expires_in alone', () => ({ expires_in: HOUR })],
    [
      'a date as App Service once wrote it',
      () => {
        const date = new Date(inAnHour() * 1000);
        const pad = (value: number) => String(value).padStart(2, '0');
        const day = `${pad(date.getUTCMonth() + 1)}/${pad(date.getUTCDate())}/${date.getUTCFullYear()}`;
        const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(pad).join(':');
        return { expires_on: `${day} ${time} +00:00` };
      },
    ],
  ])('is read by ours alone where it is %s', async (_what, times) => {
    const { published, ours } = await readings(times());
    expect(near(ours, HOUR * 1000)).toBe(true);
    expect(near(published, ours)).toBe(false);
  });
});

it.each<[string, Patch]>([
  ['numbers', (body) => body],
  [
    'strings, as the older endpoint sends them',
    (body) => ({ ...body, expires_in: String(body['expires_in']) }),
  ],
  ['numbers, with a time to refresh', (body) => ({ ...body, refresh_in: 1800 })],
])('the times of a token reply are read alike where they are %s', async (_what, change) => {
  const emulator = await startEmulator();
  trustEmulator(emulator);
  const patch: Patch = (body) => ('access_token' in body ? change(body, '') : body);
  const { tenantId, clientId, secret: clientSecret = '' } = emulator.app('trainer');
  const ours = await fromClientSecret({
    ...{ tenantId, clientId, clientSecret, cloud: emulator.cloud },
    fetch: patchedFetch(patch),
  }).getToken(ARM);
  const published = await new ClientSecretCredential(tenantId, clientId, clientSecret, {
    authorityHost: emulator.origin,
    disableInstanceDiscovery: true,
    additionalPolicies: [patchedPolicy(patch)] as never,
  }).getToken(ARM);
  expect(near(published.expiresOnTimestamp, ours.expiresOnTimestamp)).toBe(true);
  expect(near(published.refreshAfterTimestamp ?? 0, ours.refreshAfterTimestamp ?? 0)).toBe(true);
  await emulator.close();
});
