import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares two digests of equal length. */
export type CompareDigests = (given: Uint8Array, expected: Uint8Array) => boolean;

/**
 * Whether the secret is the right one. Whatever was given is hashed, so that texts of every length and every common
 * beginning are compared in one way: how long that takes says nothing about the secret.
 *
 * @param given - what the request carries; anything but one text counts as an empty one
 */
export function sameSecret(
  given: string | string[] | undefined,
  secret: string,
  compare: CompareDigests = timingSafeEqual,
): boolean {
  return compare(digestOf(typeof given === 'string' ? given : ''), digestOf(secret));
}

function digestOf(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
