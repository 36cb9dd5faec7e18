import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyRing, type SealingKey } from '../../src/sealing/key-ring.js';
import { seal, unseal } from '../../src/sealing/seal.js';

const keyOf = (id: string): SealingKey => ({ id, bytes: randomBytes(32) });
const key = keyOf('k1');
const ring = keyRing([key]);
const place = { partition: 'p', name: 'n' };
const text = Buffer.from('the token');

describe('seal', () => {
  it('gives back what was sealed, whatever it is and wherever it belongs', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ maxLength: 64 }), fc.string(), (bytes, partition, name) => {
        const context = { partition, name };
        const opened = unseal(seal(bytes, key, context), ring, context);
        expect(opened.ok && [...opened.plaintext]).toEqual([...bytes]);
      }),
    );
  });

  it('never gives the same bytes twice, and shows nothing of the text', () => {
    const [one, two] = [seal(text, key, place), seal(text, key, place)];
    expect(one.equals(two)).toBe(false);
    expect(one.includes('token')).toBe(false);
  });

  it('does not open with any single bit flipped, any end cut off, or anything added', () => {
    const sealed = seal(text, key, place);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Buffer.from(sealed);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(unseal(flipped, ring, place).ok, `bit ${bit}`).toBe(false);
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(unseal(sealed.subarray(0, length), ring, place).ok, `length ${length}`).toBe(false);
    }
    expect(unseal(Buffer.concat([sealed, Buffer.from([0])]), ring, place).ok).toBe(false);
  });

  it('does not open bytes of others, and does not throw for them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(unseal(bytes, ring, place).ok).toBe(false);
        expect(unseal(Buffer.concat([Buffer.from('AMLS\x01'), bytes]), ring, place).ok).toBe(false);
      }),
    );
  });

  it.each([
    [{ partition: 'p', name: 'other' }],
    [{ partition: 'other', name: 'n' }],
    [{ partition: 'pn', name: '' }],
  ])('does not open at another place: %j', (other) => {
    expect(unseal(seal(text, key, place), ring, other)).toEqual({ ok: false, reason: 'not-authentic' });
  });

  it('opens what an older key of the ring sealed, and says which', () => {
    const newer = keyRing([keyOf('k2'), key]);
    expect(newer.current.id).toBe('k2');
    expect(unseal(seal(text, key, place), newer, place)).toMatchObject({ ok: true, keyId: 'k1' });
  });

  it('says that the key is gone, or is another one with the same name', () => {
    const sealed = seal(text, key, place);
    expect(unseal(sealed, keyRing([keyOf('k2')]), place)).toEqual({ ok: false, reason: 'unknown-key' });
    expect(unseal(sealed, keyRing([keyOf('k1')]), place)).toEqual({ ok: false, reason: 'not-authentic' });
  });

  it('leaves a later version alone', () => {
    const later = seal(text, key, place);
    later[4] = 2;
    expect(unseal(later, ring, place)).toEqual({ ok: false, reason: 'unknown-version' });
  });
});

describe('keyRing', () => {
  it.each([
    ['no key', []],
    ['a short key', [{ id: 'a', bytes: new Uint8Array(31) }]],
    ['an empty id', [{ id: '', bytes: new Uint8Array(32) }]],
    ['a path as id', [{ id: '../a', bytes: new Uint8Array(32) }]],
    ['the same id twice', [keyOf('a'), keyOf('a')]],
  ])('refuses %s', (_, keys) => {
    expect(() => keyRing(keys)).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error);
  });

  it('prints no key, and keeps its own copy', () => {
    const bytes = Buffer.alloc(32, 0x41);
    const held = keyRing([{ id: 'a', bytes }]);
    const printed = inspect(held, { depth: null, showHidden: true }) + JSON.stringify(held.current);
    expect(printed).not.toMatch(/65, 65|41 41|AAAA|QUFB/);
    bytes.fill(0);
    expect(held.find('a')?.bytes[0]).toBe(0x41);
  });
});
