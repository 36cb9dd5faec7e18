import { fromClientSecret, fromManagedIdentity } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { ClientSecretCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patchedFetch, patchedPolicy, type Patch } from '../support/patched-replies.js';
import { runScript } from '../support/run-script.js';
import { startRecordingServer } from './recorders.js';

const ARM = 'https://management.azure.com/.default';
const HOUR = 3_600;
const client = new URL('clients/read-expiry.mjs', import.meta.url);

/** Replies are given one after the other: a few seconds pass between the two clients. */
const near = (a: number, b: number): boolean => Math.abs(a - b) < 30_000;

const inAnHour = (): number => Math.floor(Date.now() / 1000) + HOUR;

function oldDate(): string {
  const date = new Date(inAnHour() * 1000);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const day = `${pad(date.getUTCMonth() + 1)}/${pad(date.getUTCDate())}/${date.getUTCFullYear()}`;
  return `${day} ${[date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(pad).join(':')} +00:00`;
}

/** How a managed-identity endpoint tells the end of a token: one resource has one of them. */
const TIMES: Readonly<Record<string, () => object>> = {
  'a number of seconds': () => ({ expires_on: inAnHour() }),
  'the same in a string': () => ({ expires_on: String(inAnHour()) }),
  'a date of ISO 8601': () => ({ expires_on: new Date(inAnHour() * 1000).toISOString() }),
  'given by expires_in alone': () => ({ expires_in: HOUR }),
  'a date as App Service once wrote it': () => ({ expires_on: oldDate() }),
};

describe('the end of a managed-identity token', () => {
  const kinds = Object.keys(TIMES);
  /** What both clients make of the same reply, in milliseconds from the same instant. */
  const readings = new Map<string, { published: number; ours: number }>();
  beforeAll(async () => {
    const server = await startRecordingServer((response, index) => {
      const resource = new URL(server.sent[index]?.url ?? '').searchParams.get('resource') ?? '';
      const times = TIMES[kinds[Number(/\d+/.exec(resource)?.[0])] ?? '']?.();
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: 'token', token_type: 'Bearer', resource, ...times }));
    });
    try {
      const env = { IDENTITY_ENDPOINT: `${server.origin}/token`, IDENTITY_HEADER: 'h' };
      const scopes = kinds.map((_, index) => `https://resource-${index}.example/.default`);
      const published = await runScript<(number | null)[]>(client, scopes, env);
      const credential = fromManagedIdentity({ env });
      const now = Date.now();
      for (const [index, kind] of kinds.entries()) {
        const { expiresOnTimestamp } = await credential.getToken(scopes[index] ?? '');
        readings.set(kind, {
          // What JSON cannot write is no number.
          published: (published[index] ?? Number.NaN) - now,
          ours: expiresOnTimestamp - now,
        });
      }
    } finally {
      await server.close();
    }
  });
  const reading = (kind: string) => {
    const found = readings.get(kind);
    if (found === undefined) throw new Error(`${kind} was not read`);
    return found;
  };

  it.each(kinds.slice(0, 3))('is read alike where it is %s', (kind) => {
    const { published, ours } = reading(kind);
    expect(near(ours, HOUR * 1000)).toBe(true);
    expect(near(published, ours)).toBe(true);
  });

  it.each(kinds.slice(3))('is read by ours alone where it is %s', (kind) => {
    const { published, ours } = reading(kind);
    expect(near(ours, HOUR * 1000)).toBe(true);
    expect(near(published, ours)).toBe(false);
  });
});

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

it.each<[string, Patch]>([
  ['numbers', (body) => body],
  [
    'strings, as the older endpoint sends them',
    (body) => ({ ...body, expires_in: String(body['expires_in']) }),
  ],
  ['numbers, with a time to refresh', (body) => ({ ...body, refresh_in: 1800 })],
])('the times of a token reply are read alike where they are %s', async (_what, change) => {
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
});
