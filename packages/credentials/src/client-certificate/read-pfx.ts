import { createHmac, timingSafeEqual } from 'node:crypto';
import { AmlAuthError } from '@aml-auth/core';
import { decrypt, UnknownEncryption } from './pkcs12/decrypt.js';
import {
  CONTEXT_0,
  elementsIn,
  expectTag,
  firstElement,
  integerOf,
  octetsOf,
  oidOf,
  partsOf,
  SEQUENCE,
  type Element,
} from './pkcs12/der.js';
import { deriveKey, FOR_MAC, passwordBytes } from './pkcs12/derive-key.js';

const DATA = '2a864886f70d010701';
const ENCRYPTED_DATA = '2a864886f70d010706';
const KEY_BAG = '2a864886f70d010c0a0101';
const SHROUDED_KEY_BAG = '2a864886f70d010c0a0102';
const CERTIFICATE_BAG = '2a864886f70d010c0a0103';

/** Digests of the protection against changes, by object identifier. */
const DIGESTS: Readonly<Record<string, string>> = {
  '2b0e03021a': 'sha1',
  '608648016503040201': 'sha256',
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
};

/** The file was not protected with this password. */
class WrongPassword extends Error {}

/** True for the first byte of a PKCS #12 file (DER: a sequence); PEM is text. */
export function isPfx(bytes: Uint8Array): boolean {
  return bytes[0] === SEQUENCE;
}

/**
 * The key and the certificates of a PKCS #12 file (PFX, [RFC 7292](https://www.rfc-editor.org/rfc/rfc7292)) as
 * PEM: a secret. Reads what Windows, Azure Key Vault and OpenSSL write: AES, triple DES and RC2 encryption.
 *
 * Read here: Node.js can use such a file for TLS, but does not hand out its key, and the libraries that do weigh
 * more than all of this package. The ciphers are those of Node.js, but for RC2, which it no longer has.
 *
 * @param from - where the file came from, for errors
 * @param password - none is the same as an empty one
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` naming what is wrong
 */
export function readPfx(bytes: Uint8Array, from: string, password = ''): string {
  try {
    return read(Buffer.from(bytes), password);
  } catch (error) {
    // What went wrong inside says nothing to people, and might quote what was read.
    if (error instanceof WrongPassword) {
      throw invalid(from, 'cannot be opened with this password', 'Check certificatePassword.');
    }
    const remedy = 'Export it anew, with its private key and encryption by AES-256.';
    if (error instanceof UnknownEncryption)
      throw invalid(from, 'is encrypted in a way that is not known here', remedy);
    throw invalid(from, 'is no PKCS #12 file (PFX) that can be read', remedy);
  }
}

function read(bytes: Buffer, password: string): string {
  const [version, content, mac] = partsOf(firstElement(bytes));
  if (integerOf(version) !== 3) throw new Error('another version');
  const safe = dataOf(content);
  const used = passwordOf(mac, safe, password);
  return partsOf(firstElement(safe))
    .flatMap((part) => bagsOf(part, used))
    .map((bag) => pemOf(bag, used))
    .join('');
}

/** The password in the form that fits; undefined for no bytes at all, which some tools take for an empty one. */
function passwordOf(mac: Element | undefined, safe: Buffer, password: string): string | undefined {
  if (mac === undefined) return password;
  const forms = password === '' ? [password, undefined] : [password];
  for (const form of forms) if (isProtectedBy(mac, safe, form)) return form;
  throw new WrongPassword();
}

/** RFC 7292 section 4, `MacData`. */
function isProtectedBy(mac: Element, safe: Buffer, password: string | undefined): boolean {
  const [info, salt, iterations] = partsOf(mac);
  const [algorithm, value] = partsOf(info);
  const digest = DIGESTS[oidOf(partsOf(algorithm)[0])];
  if (digest === undefined) throw new UnknownEncryption('mac');
  const expected = octetsOf(value);
  const rounds = iterations === undefined ? 1 : integerOf(iterations);
  const from = { digest, password: passwordBytes(password), salt: octetsOf(salt), iterations: rounds };
  const key = deriveKey(from, FOR_MAC, expected.length);
  const actual = createHmac(digest, key).update(safe).digest();
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function bagsOf(part: Element, password: string | undefined): Element[] {
  const [type] = partsOf(part);
  const oid = oidOf(type);
  if (oid === DATA) return partsOf(firstElement(dataOf(part)));
  if (oid !== ENCRYPTED_DATA) throw new UnknownEncryption(oid);
  // RFC 5652 section 8.
  const [, wrapped] = partsOf(part);
  const [, info] = partsOf(firstElement(expectTag(wrapped, CONTEXT_0).content));
  const [, algorithm, data] = partsOf(info);
  return partsOf(firstElement(opened(algorithm, octetsOf(data), password)));
}

/** Without a protection against changes, only the padding tells a wrong password. */
function opened(algorithm: Element | undefined, data: Buffer, password: string | undefined): Buffer {
  try {
    return decrypt(algorithm, data, password);
  } catch (error) {
    if (error instanceof UnknownEncryption) throw error;
    throw new WrongPassword();
  }
}

function pemOf(bag: Element, password: string | undefined): string {
  const [type, value] = partsOf(bag);
  const oid = oidOf(type);
  const { content } = expectTag(value, CONTEXT_0);
  switch (oid) {
    case KEY_BAG:
      return pem('PRIVATE KEY', firstElement(content).whole);
    case SHROUDED_KEY_BAG: {
      const [algorithm, data] = partsOf(firstElement(content));
      return pem('PRIVATE KEY', opened(algorithm, octetsOf(data), password));
    }
    case CERTIFICATE_BAG: {
      const [, certificate] = partsOf(firstElement(content));
      const [der] = elementsIn(expectTag(certificate, CONTEXT_0).content);
      return pem('CERTIFICATE', octetsOf(der));
    }
    default:
      return '';
  }
}

/** The data of a content info (RFC 5652 section 3). */
function dataOf(element: Element | undefined): Buffer {
  const [type, wrapped] = partsOf(element);
  if (oidOf(type) !== DATA) throw new UnknownEncryption(oidOf(type));
  return octetsOf(firstElement(expectTag(wrapped, CONTEXT_0).content));
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function invalid(from: string, problem: string, remedy: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The certificate ${from} ${problem}.`,
    remedy,
  });
}
