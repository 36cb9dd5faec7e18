import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createVault, newKey } from '../../src/core/vault.js';

test('what was sealed can be opened, and only by the vault that sealed it', () => {
  const vault = createVault();
  const other = createVault();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const sealed = vault.seal(text);
      expect(vault.open(sealed)).toBe(text);
      expect(other.open(sealed)).toBeUndefined();
      expect(vault.seal(text)).not.toBe(sealed);
    }),
  );
});

test('what nobody sealed cannot be opened', () => {
  const vault = createVault();
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(vault.open(text)).toBeUndefined();
    }),
  );
  const sealed = Buffer.from(vault.seal('secret'), 'base64url');
  sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1);
  expect(vault.open(sealed.toString('base64url'))).toBeUndefined();
});

test('a derived secret depends on its whole name, in any case, and on the run', () => {
  const vault = createVault();
  expect(vault.derive('a', 'b')).toBe(vault.derive('A', 'b'));
  const names = [['a', 'b'], ['ab'], ['a', 'b', ''], ['b', 'a']];
  expect(new Set(names.map((name) => vault.derive(...name))).size).toBe(names.length);
  expect(createVault().derive('a', 'b')).not.toBe(vault.derive('a', 'b'));
  expect(vault.derive('a')).toMatch(/^[\w-]{43}$/);
});

test('a new key has 32 letters and digits and is never the same', () => {
  const keys = Array.from({ length: 50 }, newKey);
  expect(new Set(keys).size).toBe(50);
  for (const key of keys) expect(key).toMatch(/^[A-Za-z\d]{32}$/);
});
