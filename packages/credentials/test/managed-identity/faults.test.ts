import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromManagedIdentity } from '@aml-auth/credentials';
import { UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hurriedClock } from '../support/hurried-clock.js';

const ARM = 'https://management.azure.com/.default';
const ID = '11111111-1111-4111-8111-111111111111';

interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

let asked: Asked[];
let answers: ((response: ServerResponse) => void)[];
let origin: string;
let stop: () => Promise<void>;

beforeEach(async () => {
  asked = [];
  answers = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers });
    (answers[asked.length - 1] ?? answers.at(-1))?.(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterEach(() => stop());

const status =
  (code: number, body: unknown = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const token = (claims: Record<string, unknown> = {}) =>
  status(200, {
    access_token: new UnsecuredJWT({ appid: ID, ...claims }).encode(),
    expires_on: String(Math.floor(Date.now() / 1000) + 86_400),
  });

/** The limit of the probe, and that of the whole call. */
const isLimit = (ms: number) => ms > 60_000 || Math.ceil(ms) === 1_000;

describe('the metadata service', () => {
  const imdsEnv = () => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: `${origin}/` });

  it('is probed once without the header, and then asked', async () => {
    answers = [status(400), token()];
    const credential = fromManagedIdentity({ env: imdsEnv(), clientId: ID.toUpperCase() });
    await Promise.all([credential.getToken(ARM), credential.getToken(ARM)]);
    await credential.getToken('https://ml.azure.com/.default');
    expect(asked.map(({ url }) => url)).toEqual([
      '/metadata/identity/oauth2/token',
      `/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com&client_id=${ID}`,
      `/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fml.azure.com&client_id=${ID}`,
    ]);
    expect(asked[0]?.headers['metadata']).toBeUndefined();
    expect(asked[1]?.headers['metadata']).toBe('true');
  });

  it('is waited for through an upgrade (410) and while an identity is being attached (404)', async () => {
    answers = [status(400), status(404), status(410), status(410), status(500), token()];
    const waits: number[] = [];
    await fromManagedIdentity({ env: imdsEnv(), clock: hurriedClock(waits, isLimit) }).getToken(ARM);
    expect(asked).toHaveLength(6);
    expect(waits.slice(1, 3)).toEqual([10_000, 10_000]);
  });

  it('is not there where nobody listens, and is not asked again for a minute', async () => {
    await stop();
    stop = () => Promise.resolve();
    const waits: number[] = [];
    const credential = fromManagedIdentity({ env: imdsEnv(), clock: hurriedClock(waits, isLimit) });
    for (let call = 0; call < 3; call += 1) {
      await expect(credential.getToken(ARM)).rejects.toMatchObject({
        code: 'AML_UNAVAILABLE',
        disposition: 'skip',
      });
    }
    expect(waits).toEqual([]);
  });

  it('is not there behind the 403 of Docker Desktop', async () => {
    answers = [status(403, { message: 'A socket operation was attempted to an unreachable network' })];
    await expect(fromManagedIdentity({ env: imdsEnv() }).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
    });
  });

  it('stops a chain where the identity is not assigned', async () => {
    answers = [
      status(400),
      status(400, { error: 'invalid_request', error_description: 'Identity not found' }),
    ];
    await expect(fromManagedIdentity({ env: imdsEnv() }).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      disposition: 'stop',
    });
  });
});

describe('Azure Machine Learning compute', () => {
  const amlEnv = (more: Record<string, string> = {}) => ({
    MSI_ENDPOINT: `${origin}/MSI/auth`,
    MSI_SECRET: 's3cret',
    ...more,
  });

  it('is asked with the client id of the compute, in its own spelling', async () => {
    answers = [token()];
    await fromManagedIdentity({ env: amlEnv({ DEFAULT_IDENTITY_CLIENT_ID: ID }) }).getToken(ARM);
    expect(asked[0]).toMatchObject({
      url: `/MSI/auth?api-version=2017-09-01&resource=https%3A%2F%2Fmanagement.azure.com&clientid=${ID}`,
      headers: { secret: 's3cret', metadata: 'true' },
    });
  });

  it('is not asked where it has no identity: it would answer with a person', async () => {
    const env = amlEnv({ DEFAULT_IDENTITY_CLIENT_ID: 'clientid' });
    await expect(fromManagedIdentity({ env }).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_NOT_CONFIGURED',
      disposition: 'skip',
    });
    expect(asked).toEqual([]);
  });

  it('is not believed when it answers with the token of a person', async () => {
    answers = [token({ appid: '22222222-2222-4222-8222-222222222222', idtyp: 'user' })];
    for (const options of [{}, { clientId: ID }]) {
      const credential = fromManagedIdentity({ env: amlEnv(), ...options });
      await expect(credential.getToken(ARM)).rejects.toMatchObject({
        code: 'AML_IDENTITY_MISMATCH',
        disposition: 'stop',
        message: expect.stringContaining('the token of a person') as string,
      });
    }
  });
});

it('sees that the environment has changed', async () => {
  const env: Record<string, string> = { IDENTITY_ENDPOINT: `${origin}/one`, IDENTITY_HEADER: 'h1' };
  const credential = fromManagedIdentity({ env });
  answers = [token()];
  await credential.getToken(ARM);
  Object.assign(env, { IDENTITY_ENDPOINT: `${origin}/two`, IDENTITY_HEADER: 'h2' });
  await credential.getToken(ARM);
  expect(asked.map(({ url, headers }) => [url.split('?')[0], headers['x-identity-header']])).toEqual([
    ['/one', 'h1'],
    ['/two', 'h2'],
  ]);
});

it('sends no secret to another machine', async () => {
  const env = { IDENTITY_ENDPOINT: 'http://evil.example/token', IDENTITY_HEADER: 'h' };
  const never = (): never => {
    throw new Error('was asked');
  };
  await expect(fromManagedIdentity({ env, fetch: never }).getToken(ARM)).rejects.toMatchObject({
    code: 'AML_UNTRUSTED_HOST',
  });
});

it.each([{ clientId: ID, objectId: ID }, { clientId: 'x' }, { resourceId: '/subscriptions/x' }])(
  'refuses the selector %j',
  (selector) => {
    expect(() => fromManagedIdentity(selector)).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
  },
);
