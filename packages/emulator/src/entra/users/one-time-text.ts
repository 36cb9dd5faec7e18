import { randomBytes, randomInt } from 'node:crypto';

/** Letters and digits that nobody takes for another. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A code or token that cannot be guessed: 256 bits in base64url. */
export function unguessable(): string {
  return randomBytes(32).toString('base64url');
}

/** Nine characters for people to type. */
export function newUserCode(): string {
  return Array.from({ length: 9 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
