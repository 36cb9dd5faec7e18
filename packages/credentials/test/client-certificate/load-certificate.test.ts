import { createPrivateKey, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCertificate } from '../../src/client-certificate/load-certificate.js';
import { makeCertificate, type MadeCertificate } from '../support/make-certificate.js';

let root: MadeCertificate;
let leaf: MadeCertificate;
let ec: MadeCertificate;
beforeAll(async () => {
  root = await makeCertificate({ name: 'root' });
  [leaf, ec] = await Promise.all([
    makeCertificate({ name: 'leaf', issuedBy: root }),
    makeCertificate({ name: 'ec', key: 'ec' }),
  ]);
});

const load = (pem: string, password?: string, now = Date.now()) =>
  loadCertificate(pem, 'both.pem', password, now);

describe('loadCertificate', () => {
  it('finds the certificate of the key and its chain in any order', () => {
    const expected = new X509Certificate(leaf.certificate).fingerprint256.replaceAll(':', '');
    for (const parts of [
      [leaf.certificate, root.certificate, leaf.privateKey],
      [leaf.privateKey, root.certificate, leaf.certificate],
      [root.certificate, leaf.privateKey, ec.certificate, leaf.certificate],
    ]) {
      const loaded = load(parts.join(''));
      expect(loaded.thumbprintSha256).toBe(expected);
      const chain = loaded.chain.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? [];
      expect(chain.map((pem) => new X509Certificate(pem).subject)).toEqual(['CN=leaf', 'CN=root']);
    }
  });

  it('reads files of Windows and OpenSSL: line ends, texts between the parts, PKCS#1 keys', () => {
    const pkcs1 = createPrivateKey(leaf.privateKey).export({ type: 'pkcs1', format: 'pem' }).toString();
    const text = `Bag Attributes\nsubject=CN = leaf\n${leaf.certificate}\n\nKey Attributes: <No Attributes>\n${pkcs1}`;
    expect(load(text.replaceAll('\n', '\r\n')).privateKey).toBe(leaf.privateKey);
  });

  it('reads an encrypted key with its password', () => {
    const pem = leaf.certificate + leaf.encryptedKey('Pa55word!');
    expect(load(pem, 'Pa55word!').privateKey).toBe(leaf.privateKey);
    const old = createPrivateKey(leaf.privateKey).export({
      type: 'pkcs1',
      format: 'pem',
      cipher: 'aes-128-cbc',
      passphrase: 'x',
    });
    expect(load(`${leaf.certificate}${old.toString()}`, 'x').privateKey).toBe(leaf.privateKey);
    expect(() => load(pem)).toThrow(/has an encrypted key and no password is given/);
    expect(() => load(pem, 'wrong')).toThrow(/has a private key that cannot be read/);
  });

  it('names what is missing or wrong, and never shows the key', () => {
    const expired = Date.now() + 3 * 86_400_000;
    for (const [pem, problem, now] of [
      ['', 'has no private key'],
      [leaf.certificate, 'has no private key'],
      [leaf.privateKey, 'has no certificate'],
      [ec.certificate + leaf.privateKey, 'has no certificate that belongs to its private key'],
      [ec.certificate + ec.privateKey, 'has a key of type ec'],
      [leaf.certificate.replace(/MII/, 'AAA') + leaf.privateKey, 'has a certificate that cannot be read'],
      [leaf.certificate + leaf.privateKey.replace(/MII/, 'AAA'), 'has a private key that cannot be read'],
      [leaf.certificate + leaf.privateKey, 'has a certificate that expired on', expired],
    ] as const) {
      let failure: unknown;
      try {
        load(pem, undefined, now);
      } catch (error) {
        failure = error;
      }
      expect(failure).toMatchObject({
        code: 'AML_CONFIG_INVALID',
        message: expect.stringMatching(new RegExp(`^The certificate both\\.pem ${problem}`)) as string,
      });
      expect(JSON.stringify(failure)).not.toContain(leaf.privateKey.slice(30, 60));
    }
  });
});
