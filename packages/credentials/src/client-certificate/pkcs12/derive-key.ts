import { createHash } from 'node:crypto';

/** What a derived key is for (RFC 7292 appendix B.3). */
export const FOR_KEY = 1;
export const FOR_IV = 2;
export const FOR_MAC = 3;

/** What a key is derived from. */
export interface Derivation {
  /** `sha1`, `sha256` … */
  readonly digest: string;
  /** The password as {@link passwordBytes} gives it. */
  readonly password: Buffer;
  readonly salt: Buffer;
  readonly iterations: number;
}

/** Derived one after the other in this process: more than any tool writes would only hold it up. */
const MOST_ITERATIONS = 1_000_000;

/**
 * The password in UTF-16 with two zero bytes behind it (RFC 7292 appendix B.1). Some tools take no password for
 * no bytes at all, others for the two zero bytes.
 */
export function passwordBytes(password: string | undefined): Buffer {
  return password === undefined ? Buffer.alloc(0) : Buffer.from(`${password}\0`, 'utf16le').swap16();
}

/**
 * A key of PKCS #12 ([RFC 7292 appendix B.2](https://www.rfc-editor.org/rfc/rfc7292#appendix-B.2)).
 *
 * @throws {Error} for an absurd number of iterations, or a digest that is not known
 */
export function deriveKey(
  { digest, password, salt, iterations }: Derivation,
  purpose: number,
  length: number,
): Buffer {
  if (iterations < 1 || iterations > MOST_ITERATIONS) throw new Error('an absurd number of iterations');
  const block = /^sha(?:384|512)$/.test(digest) ? 128 : 64;
  const diversifier = Buffer.alloc(block, purpose);
  const input = Buffer.concat([filled(salt, block), filled(password, block)]);
  const keys: Buffer[] = [];
  for (let got = 0; got < length;) {
    let key = createHash(digest).update(diversifier).update(input).digest();
    for (let round = 1; round < iterations; round += 1) key = createHash(digest).update(key).digest();
    keys.push(key);
    got += key.length;
    const more = Buffer.alloc(block);
    for (let at = 0; at < block; at += 1) more[at] = key[at % key.length] ?? 0;
    for (let at = 0; at < input.length; at += block) addPlusOne(input.subarray(at, at + block), more);
  }
  return Buffer.concat(keys).subarray(0, length);
}

/** Repeated up to whole blocks. */
function filled(bytes: Buffer, block: number): Buffer {
  const size = block * Math.ceil(bytes.length / block);
  return size === 0 ? Buffer.alloc(0) : Buffer.alloc(size, bytes);
}

/** Adds to a number of many bytes, and one more. */
function addPlusOne(target: Buffer, more: Buffer): void {
  let carry = 1;
  for (let at = target.length - 1; at >= 0; at -= 1) {
    const sum = (target[at] ?? 0) + (more[at] ?? 0) + carry;
    target[at] = sum & 0xff;
    carry = sum >> 8;
  }
}
