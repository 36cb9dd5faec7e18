import { AmlAuthError } from '@aml-auth/core';
import type { asn1 as Asn1, pkcs12 as Pkcs12, pki as Pki } from 'node-forge';

/**
 * True for the first byte of a PKCS #12 file (DER: a sequence); PEM is text.
 */
export function isPfx(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30;
}

/**
 * The key and the certificates of a PKCS #12 file (PFX, [RFC 7292](https://www.rfc-editor.org/rfc/rfc7292)) as
 * PEM: a secret. Reads what Windows, Azure Key Vault and OpenSSL write: AES, triple DES and RC2 encryption.
 *
 * node-forge does it, which is imported here and not before: Node.js can use such a file for TLS, but does not
 * hand out its key.
 *
 * @param from - where the file came from, for errors
 * @param password - none is the same as an empty one
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` naming what is wrong
 */
export async function readPfx(bytes: Uint8Array, from: string, password = ''): Promise<string> {
  const { default: forge } = await import('node-forge');
  const { asn1, pkcs12, pki } = forge;
  const file = parse(() => asn1.fromDer(Buffer.from(bytes).toString('latin1')), from);
  const store = open(file, from, password, pkcs12);
  const bags = store.safeContents.flatMap(({ safeBags }) => safeBags);
  return bags.map((bag) => pemOf(bag, { asn1, pki })).join('');
}

function parse<T>(read: () => T, from: string): T {
  try {
    return read();
  } catch {
    throw invalid(
      from,
      'is no PKCS #12 file (PFX) that can be read',
      'Export it anew, with its private key.',
    );
  }
}

function open(
  file: Asn1.Asn1,
  from: string,
  password: string,
  pkcs12: typeof Pkcs12,
): ReturnType<typeof Pkcs12.pkcs12FromAsn1> {
  try {
    return pkcs12.pkcs12FromAsn1(file, true, password);
  } catch (error) {
    // The library's words may quote what it read: only what they are about is kept.
    const isPassword = error instanceof Error && /password|MAC|padding|decrypt/i.test(error.message);
    throw isPassword
      ? invalid(from, 'cannot be opened with this password', 'Check certificatePassword.')
      : invalid(
          from,
          'is no PKCS #12 file (PFX) that can be read',
          'Check that it is complete; export it anew, with its private key and password protection by AES-256 or 3DES.',
        );
  }
}

function pemOf(bag: Pkcs12.Bag, { asn1, pki }: { asn1: typeof Asn1; pki: typeof Pki }): string {
  const { oids } = pki;
  const pem = (label: string, der: string): string => {
    const lines =
      Buffer.from(der, 'latin1')
        .toString('base64')
        .match(/.{1,64}/g) ?? [];
    return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
  };
  if (bag.type === oids['certBag']) {
    const certificate = bag.cert ? pki.certificateToAsn1(bag.cert) : bag.asn1;
    return pem('CERTIFICATE', asn1.toDer(certificate).getBytes());
  }
  const isKey = bag.type === oids['keyBag'] || bag.type === oids['pkcs8ShroudedKeyBag'];
  if (!isKey) return '';
  // Keys that are not RSA, which node-forge cannot read, are left as they are: whoever reads the PEM says what is wrong with them.
  const key = bag.key ? pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(bag.key)) : bag.asn1;
  return pem('PRIVATE KEY', asn1.toDer(key).getBytes());
}

function invalid(from: string, problem: string, remedy: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The certificate ${from} ${problem}.`,
    remedy,
  });
}
