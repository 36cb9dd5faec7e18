import { isGuid } from '@aml-auth/core';
import { seededRandom } from '@aml-auth/emulator';
import { expect, test } from 'vitest';

import { idFor } from '../../src/core/ids.js';
import { randomGuid } from '../../src/core/random.js';

test('an id follows from the name, is a version 5 UUID, and other paths have others', () => {
  const id = idFor('tenant', 'contoso');
  expect(id).toBe(idFor('tenant', 'CONTOSO'));
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(
    new Set([id, idFor('tenant', 'a', 'b'), idFor('tenant', 'a/b'), idFor('tenant', '["a","b"]')]).size,
  ).toBe(4);
});

test('seeded chance repeats itself', () => {
  const first = seededRandom('x');
  const second = seededRandom('x');
  const ids = [1, 2, 3].map(() => randomGuid(first));
  expect([1, 2, 3].map(() => randomGuid(second))).toEqual(ids);
  expect(new Set(ids).size).toBe(3);
  expect(ids.every(isGuid)).toBe(true);
  expect(seededRandom('y').bytes(4)).not.toEqual(seededRandom('x').bytes(4));
});
