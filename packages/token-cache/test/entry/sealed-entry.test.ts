import { randomBytes } from 'node:crypto';
import { otherKeys, tokenKey } from '@aml-auth/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryAddress } from '../../src/entry/entry-address.js';
import { decodeEntry, encodeEntry } from '../../src/entry/entry.js';
import { openEntry, sealEntry } from '../../src/entry/sealed-entry.js';
import { keyRing } from '../../src/sealing/key-ring.js';
import { seal } from '../../src/sealing/seal.js';

const ring = keyRing([{ id: 'k', bytes: randomBytes(32) }]);
const key = tokenKey();
const place = entryAddress(key);
const entry = { key, token: { token: 'secret', expiresOnTimestamp: 5, refreshAfterTimestamp: 3 } };

describe('a sealed entry', () => {
  it('opens at its place, for its key', () => {
    expect(openEntry(sealEntry(entry, ring, place), ring, place, key)).toEqual({
      ok: true,
      entry,
      keyId: 'k',
    });
  });

  it('is refused for another key, though the place be the same', () => {
    for (const [field, other] of otherKeys) {
      const opened = openEntry(sealEntry(entry, ring, place), ring, place, other);
      expect(opened, field).toEqual({ ok: false, reason: 'misplaced' });
    }
  });

  it('is no entry where something else was sealed', () => {
    const sealed = seal(Buffer.from('{"token":1}'), ring.current, place);
    expect(openEntry(sealed, ring, place)).toEqual({ ok: false, reason: 'malformed' });
  });

  it('has a place of its own for each key', () => {
    const names = [key, ...otherKeys.map(([, other]) => other)].map((one) => entryAddress(one).name);
    expect(new Set(names).size).toBe(otherKeys.length + 1);
    expect(names.every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);
  });

  it('shares the partition with the tokens of the same identity only', () => {
    const shared = otherKeys.filter(([, other]) => entryAddress(other).partition === place.partition);
    expect(shared.map(([field]) => field)).toEqual([
      'scopes',
      'scopes (more)',
      'scopes (joined)',
      'claims',
      'enableCae',
    ]);
  });
});

it('reads any JSON and any bytes as an entry or as nothing, without an error', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json().map((text) => Buffer.from(text)),
        fc.uint8Array(),
      ),
      (bytes) => {
        expect(decodeEntry(bytes)).toBeUndefined();
      },
    ),
  );
  for (const field of Object.keys(key)) {
    const broken = { key: { ...key, [field]: 5 }, token: entry.token };
    expect(decodeEntry(Buffer.from(JSON.stringify(broken))), field).toBeUndefined();
  }
  expect(decodeEntry(encodeEntry(entry))).toEqual(entry);
});
