import { isAmlAuthError } from '@aml-auth/core';
import fc from 'fast-check';
import forge from 'node-forge';
import { describe, expect, it } from 'vitest';
import { X509Certificate } from 'node:crypto';
import { loadCertificate } from '../../src/client-certificate/load-certificate.js';
import { isPfx, readPfx } from '../../src/client-certificate/read-pfx.js';
import { firstElement, octetsOf, partsOf } from '../../src/client-certificate/pkcs12/der.js';
import { makeCertificate } from '../support/make-certificate.js';
import { PFX_SAMPLES } from '../support/pfx-samples.js';

const bytesOf = (name: keyof typeof PFX_SAMPLES): Buffer => Buffer.from(PFX_SAMPLES[name], 'base64');

function load(name: keyof typeof PFX_SAMPLES, password?: string) {
  const pem = readPfx(bytesOf(name), 'sign.pfx', password);
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
  ] as const)('reads the file %s with the password %j', (name, password, subjects) => {
    const { chain, privateKey, thumbprintSha256 } = load(name, password);
    const certificates = chain.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? [];
    expect(certificates.map((pem) => new X509Certificate(pem).subject)).toEqual(subjects);
    expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    // All samples hold the same certificate and key.
    expect(thumbprintSha256).toBe(load('openssl3', 'Pa55word').thumbprintSha256);
  });

  it.each([
    ['openssl3', 'wrong', 'cannot be opened with this password'],
    ['openssl3', undefined, 'cannot be opened with this password'],
    ['rc2', 'wrong', 'cannot be opened with this password'],
    ['ellipticCurve', 'Pa55word', 'has a key of type ec'],
    ['noKey', 'Pa55word', 'has no private key'],
  ] as const)('names what is wrong with the file %s and the password %j', (name, password, problem) => {
    expect(() => load(name, password)).toThrow(
      expect.objectContaining({
        code: 'AML_CONFIG_INVALID',
        message: expect.stringContaining(`The certificate sign.pfx ${problem}`) as string,
      }),
    );
  });

  it('tells PFX from PEM by its first byte', () => {
    expect(isPfx(bytesOf('rc2'))).toBe(true);
    expect(isPfx(Buffer.from('-----BEGIN CERTIFICATE-----'))).toBe(false);
    expect(isPfx(Buffer.alloc(0))).toBe(false);
  });

  it('gives the same key and certificates or a typed error for a file that is damaged anywhere', () => {
    for (const [name, password] of [
      ['openssl3', 'Pa55word'],
      ['rc2', 'Pa55word'],
    ] as const) {
      const whole = bytesOf(name);
      const expected = readPfx(whole, 'sign.pfx', password);
      fc.assert(
        fc.property(
          fc.nat(whole.length - 1),
          fc.boolean(),
          fc.integer({ min: 1, max: 255 }),
          (at, cut, mask) => {
            const damaged = cut ? whole.subarray(0, at) : Buffer.from(whole);
            if (!cut) damaged[at] = (damaged[at] ?? 0) ^ mask;
            expect(outcome(damaged, password)).toSatisfy(
              (result) =>
                result === expected || (isAmlAuthError(result) && result.code === 'AML_CONFIG_INVALID'),
            );
          },
        ),
        { numRuns: 80 },
      );
    }
  });

  it('gives a typed error for any other bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => isAmlAuthError(outcome(bytes, 'x'))),
      { numRuns: 500 },
    );
    // Elements within elements within elements, and lengths that lie.
    for (const bytes of [
      Buffer.concat(Array.from({ length: 5_000 }, () => Buffer.from('3080', 'hex'))),
      Buffer.from('3084ffffffff', 'hex'),
      Buffer.from('308000', 'hex'),
    ]) {
      expect(outcome(bytes, 'x')).toMatchObject({ code: 'AML_CONFIG_INVALID' });
    }
  });

  it('reads what another library writes, with each of its ciphers', async () => {
    const made = await makeCertificate({ name: 'made' });
    const key = forge.pki.privateKeyFromPem(made.privateKey);
    const certificates = [forge.pki.certificateFromPem(made.certificate)];
    for (const algorithm of ['3des', 'aes128', 'aes192', 'aes256'] as const) {
      // It encodes other letters than OpenSSL does, where the cipher is AES.
      for (const password of ['Pa55word', '', ...(algorithm === '3des' ? ['ünïcødé €'] : [])]) {
        const store = forge.pkcs12.toPkcs12Asn1(key, certificates, password, { algorithm });
        const bytes = Buffer.from(forge.asn1.toDer(store).getBytes(), 'latin1');
        const loaded = loadCertificate(
          readPfx(bytes, 'made.pfx', password),
          'made.pfx',
          undefined,
          Date.now(),
        );
        expect(loaded.privateKey).toBe(made.privateKey);
      }
    }
  });

  it('reads octet strings in pieces and open lengths, as older tools write them', () => {
    const whole = bytesOf('openssl3');
    const [version, content, mac] = partsOf(firstElement(whole));
    const [type, wrapped] = partsOf(content);
    const safe = octetsOf(firstElement(wrapped?.content ?? Buffer.alloc(0)));
    const piece = (bytes: Buffer): Buffer => tagged(0x04, bytes);
    const pieces = Buffer.concat([piece(safe.subarray(0, 100)), piece(safe.subarray(100))]);
    const open = (tag: number, bytes: Buffer): Buffer =>
      Buffer.concat([Buffer.from([tag, 0x80]), bytes, Buffer.from([0, 0])]);
    const changed = open(
      0x30,
      Buffer.concat([
        version?.whole ?? Buffer.alloc(0),
        open(0x30, Buffer.concat([type?.whole ?? Buffer.alloc(0), open(0xa0, open(0x24, pieces))])),
        mac?.whole ?? Buffer.alloc(0),
      ]),
    );
    expect(readPfx(changed, 'sign.pfx', 'Pa55word')).toBe(readPfx(whole, 'sign.pfx', 'Pa55word'));
  });
});

const outcome = (bytes: Uint8Array, password: string): unknown => {
  try {
    return readPfx(bytes, 'sign.pfx', password);
  } catch (error) {
    return error;
  }
};

function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, 0x82, content.length >> 8, content.length & 0xff]), content]);
}
