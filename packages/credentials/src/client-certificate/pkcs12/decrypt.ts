import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { expectTag, integerOf, octetsOf, oidOf, partsOf, SEQUENCE, type Element } from './der.js';
import { deriveKey, FOR_IV, FOR_KEY, passwordBytes } from './derive-key.js';
import { rc2Decrypt } from './rc2.js';

/** Encryption that the file asks for and nothing here knows. */
export class UnknownEncryption extends Error {}

const PBES2 = '2a864886f70d01050d';
const PBKDF2 = '2a864886f70d01050c';

/** Pseudo-random functions of PBKDF2 (RFC 8018 appendix B.1), by object identifier. */
const PRFS: Readonly<Record<string, string>> = {
  '2a864886f70d0207': 'sha1',
  '2a864886f70d0208': 'sha224',
  '2a864886f70d0209': 'sha256',
  '2a864886f70d020a': 'sha384',
  '2a864886f70d020b': 'sha512',
};

/** Ciphers of PBES2 with the bytes of their keys. */
const CIPHERS: Readonly<Record<string, readonly [string, number]>> = {
  '608648016503040102': ['aes-128-cbc', 16],
  '608648016503040116': ['aes-192-cbc', 24],
  '60864801650304012a': ['aes-256-cbc', 32],
  '2a864886f70d0307': ['des-ede3-cbc', 24],
};

/** The schemes of PKCS #12 itself (RFC 7292 appendix C), with the bytes of their keys. */
const OLD_SCHEMES: Readonly<Record<string, readonly ['des-ede3-cbc' | 'rc2', number]>> = {
  '2a864886f70d010c0103': ['des-ede3-cbc', 24],
  '2a864886f70d010c0104': ['des-ede3-cbc', 16],
  '2a864886f70d010c0105': ['rc2', 16],
  '2a864886f70d010c0106': ['rc2', 5],
};

const MOST_ITERATIONS = 10_000_000;

/**
 * Decrypts by a password, as the algorithm identifier says.
 *
 * @param password - undefined for no password at all
 * @throws {UnknownEncryption} for another algorithm; {@link Error} for a wrong password or damaged bytes
 */
export function decrypt(algorithm: Element | undefined, data: Buffer, password: string | undefined): Buffer {
  const [scheme, parameters] = partsOf(algorithm);
  const oid = oidOf(scheme);
  if (oid === PBES2) return decryptByPbes2(parameters, data, password ?? '');
  const old = OLD_SCHEMES[oid];
  if (old === undefined) throw new UnknownEncryption(oid);
  const [salt, iterations] = partsOf(parameters);
  const from = {
    digest: 'sha1',
    password: passwordBytes(password),
    salt: octetsOf(salt),
    iterations: integerOf(iterations),
  };
  const [cipher, size] = old;
  const key = deriveKey(from, FOR_KEY, size);
  const iv = deriveKey(from, FOR_IV, 8);
  if (cipher === 'rc2') return rc2Decrypt(key, iv, data);
  // Triple DES with two keys uses the first one twice.
  return decipher(cipher, size === 16 ? Buffer.concat([key, key.subarray(0, 8)]) : key, iv, data);
}

function decryptByPbes2(parameters: Element | undefined, data: Buffer, password: string): Buffer {
  const [derivation, encryption] = partsOf(parameters);
  const [kdf, kdfParameters] = partsOf(derivation);
  if (oidOf(kdf) !== PBKDF2) throw new UnknownEncryption(oidOf(kdf));
  const [cipherOid, iv] = partsOf(encryption);
  const [cipher, size] = CIPHERS[oidOf(cipherOid)] ?? [];
  if (cipher === undefined || size === undefined) throw new UnknownEncryption(oidOf(cipherOid));
  const [salt, iterations, ...more] = partsOf(kdfParameters);
  const prf = more.find(({ tag }) => tag === SEQUENCE);
  const digest = prf === undefined ? 'sha1' : PRFS[oidOf(partsOf(prf)[0])];
  if (digest === undefined) throw new UnknownEncryption('prf');
  const rounds = integerOf(iterations);
  if (rounds < 1 || rounds > MOST_ITERATIONS) throw new Error('an absurd number of iterations');
  const key = pbkdf2Sync(password, octetsOf(salt), rounds, size, digest);
  return decipher(cipher, key, expectTag(iv, 0x04).content, data);
}

function decipher(cipher: string, key: Buffer, iv: Buffer, data: Buffer): Buffer {
  const stream = createDecipheriv(cipher, key, iv);
  return Buffer.concat([stream.update(data), stream.final()]);
}
