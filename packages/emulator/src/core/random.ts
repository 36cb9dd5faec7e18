import { createHash, randomBytes } from 'node:crypto';

import { formatGuid } from './ids.js';

/** Where the emulator takes chance from: request ids, trace ids, token ids. Never keys or secrets. */
export interface Random {
  /** That many bytes. */
  bytes(length: number): Uint8Array;
}

/** The chance of the operating system. */
export const systemRandom: Random = { bytes: (length) => randomBytes(length) };

/** Always the same bytes for the same seed, for runs that must be repeatable. */
export function seededRandom(seed: string): Random {
  let block = 0;
  let rest = Buffer.alloc(0);
  return {
    bytes(length) {
      while (rest.length < length) {
        rest = Buffer.concat([rest, createHash('sha256').update(`${seed}/${block++}`).digest()]);
      }
      const bytes = rest.subarray(0, length);
      rest = rest.subarray(length);
      return bytes;
    },
  };
}

/** A version 4 UUID. */
export function randomGuid(random: Random): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return formatGuid(bytes.toString('hex'));
}

/** That many random bytes in base64url. */
export function randomText(random: Random, bytes: number): string {
  return Buffer.from(random.bytes(bytes)).toString('base64url');
}
