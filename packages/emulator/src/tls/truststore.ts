import { createHash, createHmac, randomBytes, X509Certificate } from 'node:crypto';

import { der, oid } from './der.js';

/**
 * The password of `truststore.p12`. No secret: the file holds certificates only, and Java wants a password to
 * check that it is whole.
 */
export const TRUSTSTORE_PASSWORD = 'changeit';

/** A certificate and the name that Java shows for it. */
export interface TrustedCertificate {
  /** One in a file. */
  readonly alias: string;
  /** PEM. */
  readonly certificate: string;
}

const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const NULL = 0x05;
const BMP_STRING = 0x1e;
const SEQUENCE = 0x30;
const SET = 0x31;
const EXPLICIT_0 = 0xa0;

const DATA = oid('1.2.840.113549.1.7.1');
const CERTIFICATE_BAG = oid('1.2.840.113549.1.12.10.1.3');
const X509_CERTIFICATE = oid('1.2.840.113549.1.9.22.1');
const FRIENDLY_NAME = oid('1.2.840.113549.1.9.20');
/** Oracle's attribute without which Java takes no certificate for a trusted one. */
const TRUSTED_KEY_USAGE = oid('2.16.840.1.113894.746875.1.1');
const ANY_KEY_USAGE = oid('2.5.29.37.0');
const SHA_256 = oid('2.16.840.1.101.3.4.2.1');

const ITERATIONS = 10_000;
/** Bytes of the blocks that SHA-256 works on. */
const BLOCK = 64;
/** The purpose "integrity key" of the key derivation. */
const MAC_KEY = 3;

/** A PKCS #12 file (RFC 7292) with certificates that Java trusts. They are not encrypted: nothing in them is secret. */
export function createTruststore(certificates: readonly TrustedCertificate[], password: string): Buffer {
  const bags = der(SEQUENCE, ...certificates.map(bag));
  const safe = der(SEQUENCE, data(bags));
  const salt = randomBytes(20);
  const mac = createHmac('sha256', deriveKey(password, salt)).update(safe).digest();
  const digest = der(SEQUENCE, der(SEQUENCE, SHA_256, der(NULL)), der(OCTET_STRING, mac));
  const iterations = der(INTEGER, [ITERATIONS >> 8, ITERATIONS & 0xff]);
  return der(
    SEQUENCE,
    der(INTEGER, [3]),
    data(safe),
    der(SEQUENCE, digest, der(OCTET_STRING, salt), iterations),
  );
}

/** `ContentInfo` of the type data. */
function data(content: Uint8Array): Buffer {
  return der(SEQUENCE, DATA, der(EXPLICIT_0, der(OCTET_STRING, content)));
}

function bag({ alias, certificate }: TrustedCertificate): Buffer {
  const { raw } = new X509Certificate(certificate);
  const value = der(SEQUENCE, X509_CERTIFICATE, der(EXPLICIT_0, der(OCTET_STRING, raw)));
  const name = der(SEQUENCE, FRIENDLY_NAME, der(SET, der(BMP_STRING, utf16(alias))));
  const usage = der(SEQUENCE, TRUSTED_KEY_USAGE, der(SET, ANY_KEY_USAGE));
  return der(SEQUENCE, CERTIFICATE_BAG, der(EXPLICIT_0, value), der(SET, name, usage));
}

/** Big-endian UTF-16. */
function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

/** RFC 7292, appendix B.2, with SHA-256. One round gives all the bytes that the MAC needs. */
function deriveKey(password: string, salt: Buffer): Buffer {
  const input = Buffer.concat([
    Buffer.alloc(BLOCK, MAC_KEY),
    fillBlocks(salt),
    fillBlocks(Buffer.concat([utf16(password), Buffer.alloc(2)])),
  ]);
  let key = createHash('sha256').update(input).digest();
  for (let round = 1; round < ITERATIONS; round += 1) key = createHash('sha256').update(key).digest();
  return key;
}

/** The bytes over and over, until blocks are full. */
function fillBlocks(bytes: Buffer): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / BLOCK) * BLOCK, bytes);
}
