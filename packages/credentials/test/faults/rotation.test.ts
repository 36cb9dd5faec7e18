import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromClientCertificate, fromWorkloadIdentity } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../support/make-certificate.js';

const SCOPES = [
  'https://management.azure.com/.default',
  'https://ml.azure.com/.default',
  'https://graph.microsoft.com/.default',
];
const ID = '11111111-1111-4111-8111-111111111111';

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  emulator = await startEmulator({
    seed: {
      tenants: [{ name: 'contoso', apps: [{ name: 'old', certificates: ['generate'] }] }],
    },
  });
  trustEmulator(emulator);
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

/** The assertions that were sent, and a `fetch` that notes them and goes on with `then`. */
function noting(then: typeof fetch) {
  const assertions: string[] = [];
  const send: typeof fetch = (input, init) => {
    const form = new URLSearchParams(init?.body as string);
    assertions.push(form.get('client_assertion') ?? '');
    return then(input, init);
  };
  return { assertions, fetch: send };
}
const granting: typeof fetch = () =>
  Promise.resolve(Response.json({ access_token: 'token', token_type: 'Bearer', expires_in: 3600 }));

describe('a federated token file', () => {
  it('that is replaced, at once or in place, is used in its new form with the next exchange', async () => {
    const file = join(folder, 'token');
    const { assertions, fetch } = noting(granting);
    const credential = fromWorkloadIdentity({
      tenantId: ID,
      clientId: ID,
      tokenFilePath: file,
      env: {},
      fetch,
    });
    await writeFile(file, 'first.token.a');
    await credential.getToken(SCOPES[0] ?? '');
    await writeFile(`${file}.new`, 'second.token.b');
    await rename(`${file}.new`, file);
    await credential.getToken(SCOPES[1] ?? '');
    await writeFile(file, 'third.token.c');
    await credential.getToken(SCOPES[2] ?? '');
    expect(assertions).toEqual(['first.token.a', 'second.token.b', 'third.token.c']);
  });
});

describe('a certificate', () => {
  it('that was replaced on disk is used at once, and one that was revoked is a typed error after one request', async () => {
    const { tenantId, clientId, certificate } = emulator.app('old');
    const file = join(folder, 'certificate.pem');
    const registered = `${certificate?.pem ?? ''}\n${certificate?.privateKey ?? ''}`;
    const other = await makeCertificate({ name: 'not registered' });
    const { assertions, fetch: send } = noting(fetch);
    const credential = fromClientCertificate({
      tenantId,
      clientId,
      certificatePath: file,
      cloud: emulator.cloud,
      fetch: send,
    });
    await writeFile(file, registered);
    await credential.getToken(SCOPES[0] ?? '');
    // Another one on disk, which Microsoft Entra ID does not know: one request, and the reason.
    await writeFile(file, other.certificate + other.privateKey);
    await expect(credential.getToken(SCOPES[1] ?? '')).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      aadsts: 700027,
    });
    expect(assertions).toHaveLength(2);
    const thumbprints = assertions.map((assertion) => decodeProtectedHeader(assertion)['x5t#S256']);
    expect(new Set(thumbprints).size).toBe(2);
    // The right one again.
    await writeFile(file, registered);
    expect((await credential.getToken(SCOPES[2] ?? '')).tokenType).toBe('Bearer');
    expect(decodeProtectedHeader(assertions[2] ?? '')['x5t#S256']).toBe(thumbprints[0]);
  });
});
