import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromClientCertificate } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import forge from 'node-forge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../support/make-certificate.js';

const ARM = 'https://management.azure.com/.default';

let emulator: Emulator;
let folder: string;
let pem: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  emulator = await startEmulator({
    seed: { tenants: [{ name: 'contoso', apps: [{ name: 'signer', certificates: ['generate'] }] }] },
  });
  trustEmulator(emulator);
  const { certificate } = emulator.app('signer');
  pem = `${certificate?.pem ?? ''}\n${certificate?.privateKey ?? ''}`;
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

function settings() {
  const { tenantId, clientId } = emulator.app('signer');
  return { tenantId, clientId, cloud: emulator.cloud };
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('fromClientCertificate', () => {
  it('signs in with the certificate, as text and as a file, with and without its chain', async () => {
    const file = join(folder, 'signer.pem');
    await writeFile(file, pem, { mode: 0o600 });
    for (const source of [{ certificate: pem }, { certificatePath: file }]) {
      for (const sendCertificateChain of [false, true]) {
        const credential = fromClientCertificate({ ...settings(), ...source, sendCertificateChain });
        const { token } = await credential.getToken(ARM);
        expect(claimsOf(token)).toMatchObject({ appid: settings().clientId, appidacr: '2' });
      }
    }
  });

  it('signs in with a PFX file and its password, from disk and from bytes', async () => {
    const { certificate } = emulator.app('signer');
    const key = forge.pki.privateKeyFromPem(certificate?.privateKey ?? '');
    const chain = [forge.pki.certificateFromPem(certificate?.pem ?? '')];
    for (const algorithm of ['3des', 'aes256'] as const) {
      const pfx = forge.pkcs12.toPkcs12Asn1(key, chain, 'Pa55word', { algorithm });
      const bytes = Buffer.from(forge.asn1.toDer(pfx).getBytes(), 'latin1');
      const file = join(folder, `${algorithm}.pfx`);
      await writeFile(file, bytes);
      for (const source of [{ certificate: new Uint8Array(bytes) }, { certificatePath: file }]) {
        const credential = fromClientCertificate({
          ...settings(),
          ...source,
          certificatePassword: 'Pa55word',
          sendCertificateChain: true,
        });
        const { token } = await credential.getToken(ARM);
        expect(claimsOf(token)).toMatchObject({ appid: settings().clientId, appidacr: '2' });
      }
      const wrong = fromClientCertificate({ ...settings(), certificatePath: file, certificatePassword: 'x' });
      await expect(wrong.getToken(ARM)).rejects.toMatchObject({
        code: 'AML_CONFIG_INVALID',
        message: `The certificate ${file} cannot be opened with this password.`,
      });
    }
  });

  it('uses a certificate that was replaced on disk with the next token', async () => {
    const file = join(folder, 'rotated.pem');
    const other = await makeCertificate({ name: 'other' });
    await writeFile(file, other.certificate + other.privateKey);
    const credential = fromClientCertificate({ ...settings(), certificatePath: file });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      aadsts: 700027,
      remedy: expect.stringContaining('--cert') as string,
    });
    await writeFile(file, pem);
    expect((await credential.getToken('https://ml.azure.com/.default')).tokenType).toBe('Bearer');
  });

  it('names a file that cannot be read, when a token is asked for', async () => {
    const credential = fromClientCertificate({ ...settings(), certificatePath: join(folder, 'missing.pem') });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining('missing.pem cannot be read (ENOENT)') as string,
    });
  });

  it('refuses what is no file, without waiting for it', async () => {
    const refused = fromClientCertificate({ ...settings(), certificatePath: folder });
    await expect(refused.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: `The certificate file ${folder} is not a file.`,
    });
  });

  it.each([
    [{}],
    [{ certificate: '' }],
    [{ certificate: new Uint8Array() }],
    [{ certificatePath: 'a', certificate: 'b' }],
  ])('refuses the source %j', (source) => {
    expect(() => fromClientCertificate({ ...settings(), ...(source as { certificate: string }) })).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
  });
});
