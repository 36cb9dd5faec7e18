import { fromBrowser, fromClientCertificate, fromDeviceCode } from '@aml-auth/credentials';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hurriedClock } from '../support/hurried-clock.js';
import { makeCertificate } from '../support/make-certificate.js';
import { startIndependentServer, type IndependentServer } from './start-provider.js';
import { walkPages } from './walk-pages.js';

const SCOPE = 'https://ml.azure.com/.default';
const PERSON = { login: 'alice', password: 'any' };

let server: IndependentServer;
let certificate: string;
beforeAll(async () => {
  // The server says that its defaults are for development: that is what it is used for.
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
  const made = await makeCertificate({ name: 'job' });
  certificate = `${made.certificate}\n${made.privateKey}`;
  server = await startIndependentServer(made.certificate);
});
afterAll(() => server.close());

/** What the server answered while `work` ran. */
async function answers(work: () => Promise<unknown>): Promise<string[]> {
  const before = server.log.length;
  await work();
  return server.log.slice(before);
}

describe('against a server of another author', () => {
  it('a certificate proves the client (private_key_jwt with PS256)', async () => {
    const { tenantId, cloud, confidentialId: clientId } = server;
    const credential = fromClientCertificate({ tenantId, clientId, certificate, cloud });
    let token: string | undefined;
    const lines = await answers(async () => ({ token } = await credential.getToken(SCOPE)));
    expect(token).toMatch(/^[\w-]{20,}$/);
    expect(lines).toEqual(['POST token 200']);
  });

  it('a certificate that it does not know is refused, once', async () => {
    const { tenantId, cloud, confidentialId: clientId } = server;
    const other = await makeCertificate({ name: 'other' });
    const pem = `${other.certificate}\n${other.privateKey}`;
    const credential = fromClientCertificate({ tenantId, clientId, certificate: pem, cloud });
    const lines = await answers(() =>
      expect(credential.getToken(SCOPE)).rejects.toMatchObject({
        code: 'AML_CREDENTIAL_REJECTED',
        disposition: 'stop',
        status: 401,
      }),
    );
    expect(lines).toEqual(['POST token 401']);
  });

  it('a browser brings a code, which PKCE (S256) binds; its refresh token gives the next', async () => {
    const { tenantId, cloud, publicId: clientId } = server;
    const credential = fromBrowser({
      tenantId,
      clientId,
      cloud,
      prompt: 'consent',
      async openBrowser(url) {
        const end = await walkPages(url, PERSON);
        if (end === undefined) throw new Error('the pages led nowhere');
        await fetch(end.url, { method: 'POST', body: new URLSearchParams(end.fields) });
      },
    });
    const first = await credential.getToken(SCOPE);
    const lines = await answers(async () => {
      const second = await credential.getToken(SCOPE, { claims: '{"access_token":{}}' });
      expect(second.token).not.toBe(first.token);
    });
    expect(lines).toEqual(['POST token 200']);
  });

  it('a device waits for its person, and then gets its token', async () => {
    const { tenantId, cloud, publicId: clientId } = server;
    const clock = hurriedClock([]);
    let polls = 0;
    const credential = fromDeviceCode({
      tenantId,
      clientId,
      cloud,
      clock,
      async fetch(input, init) {
        // The person takes one poll longer.
        if (typeof input === 'string' && input.endsWith('/token') && ++polls === 2)
          await walkPages(page, PERSON);
        return fetch(input, init);
      },
      onPrompt: ({ verificationUri, userCode }) => {
        page = `${verificationUri}?user_code=${encodeURIComponent(userCode)}`;
      },
    });
    let page = '';
    let token: string | undefined;
    const lines = await answers(async () => ({ token } = await credential.getToken(SCOPE)));
    expect(token).toMatch(/^[\w-]{20,}$/);
    expect(lines.filter((line) => line.startsWith('POST token'))).toEqual([
      'POST token 400',
      'POST token 200',
    ]);
  });
});
