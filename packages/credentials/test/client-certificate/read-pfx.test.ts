import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { X509Certificate } from 'node:crypto';
import { loadCertificate } from '../../src/client-certificate/load-certificate.js';
import { isPfx, readPfx } from '../../src/client-certificate/read-pfx.js';
import { PFX_SAMPLES } from '../support/pfx-samples.js';

const bytesOf = (name: keyof typeof PFX_SAMPLES): Buffer => Buffer.from(PFX_SAMPLES[name], 'base64');

async function load(name: keyof typeof PFX_SAMPLES, password?: string) {
  const pem = await readPfx(bytesOf(name), 'sign.pfx', password);
  return loadCertificate(pem, 'sign.pfx', undefined, Date.UTC(2027, 0, 1));
}

describe('readPfx', () => {
  it.each([
    ['openssl3', 'Pa55word', ['CN=leaf', 'CN=root']],
    ['rc2', 'Pa55word', ['CN=leaf']],
    ['tripleDes', 'Pä55wört€', ['CN=leaf', 'CN=root']],
    ['emptyPassword', '', ['CN=leaf']],
    ['emptyPassword', undefined, ['CN=leaf']],
    ['open', undefined, ['CN=leaf']],
  ] as const)('reads the file %s with the password %j', async (name, password, subjects) => {
    const { chain, privateKey, thumbprintSha256 } = await load(name, password);
    const certificates = chain.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? [];
    expect(certificates.map((pem) => new X509Certificate(pem).subject)).toEqual(subjects);
    expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    // All samples hold the same certificate and key.
    expect(thumbprintSha256).toBe((await load('openssl3', 'Pa55word')).thumbprintSha256);
  });

  it.each([
    ['openssl3', 'wrong', 'cannot be opened with this password'],
    ['openssl3', undefined, 'cannot be opened with this password'],
    ['rc2', 'wrong', 'cannot be opened with this password'],
    ['ellipticCurve', 'Pa55word', 'has a key of type ec'],
    ['noKey', 'Pa55word', 'has no private key'],
  ] as const)('names what is wrong with the file %s and the password %j', async (name, password, problem) => {
    await expect(load(name, password)).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining(`The certificate sign.pfx ${problem}`) as string,
    });
  });

  it('tells PFX from PEM by its first byte', () => {
    expect(isPfx(bytesOf('rc2'))).toBe(true);
    expect(isPfx(Buffer.from('-----BEGIN CERTIFICATE-----'))).toBe(false);
    expect(isPfx(Buffer.alloc(0))).toBe(false);
  });

  it('gives a typed error for a file that is damaged anywhere', async () => {
    const whole = bytesOf('openssl3');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.boolean(),
        fc.integer({ min: 1, max: 255 }),
        async (at, cut, mask) => {
          const damaged = cut ? whole.subarray(0, at) : Buffer.from(whole);
          if (!cut) damaged[at] = (damaged[at] ?? 0) ^ mask;
          const error: unknown = await readPfx(damaged, 'sign.pfx', 'Pa55word').then(
            () => undefined,
            (caught: unknown) => caught,
          );
          expect(error).toMatchObject({ code: 'AML_CONFIG_INVALID' });
        },
      ),
      { numRuns: 60 },
    );
  });
});
