import fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseArmPath } from '../../src/arm/parse-arm-path.js';
import { Refusal } from '../../src/http/answer.js';

const parse = (path: string): ReturnType<typeof parseArmPath> =>
  parseArmPath(path.split('/').filter(Boolean));

test.each([
  ['/subscriptions', 'Microsoft.Resources/subscriptions', [], '/', true],
  ['/subscriptions/s', 'Microsoft.Resources/subscriptions', ['s'], '/', false],
  [
    '/Subscriptions/s/RESOURCEGROUPS',
    'Microsoft.Resources/subscriptions/resourceGroups',
    [],
    '/subscriptions/s',
    true,
  ],
  [
    '/subscriptions/s/resourcegroups/g',
    'Microsoft.Resources/subscriptions/resourceGroups',
    ['g'],
    '/subscriptions/s',
    false,
  ],
  ['/subscriptions/s/providers/N/t', 'N/t', [], '/subscriptions/s', true],
  [
    '/subscriptions/s/resourceGroups/g/providers/N/t/a',
    'N/t',
    ['a'],
    '/subscriptions/s/resourceGroups/g',
    false,
  ],
  [
    '/subscriptions/s/resourceGroups/g/providers/N/t/a/u',
    'N/t/u',
    ['a'],
    '/subscriptions/s/resourceGroups/g/providers/N/t/a',
    true,
  ],
  [
    '/subscriptions/s/resourceGroups/g/providers/N/t/a/u/b',
    'N/t/u',
    ['a', 'b'],
    '/subscriptions/s/resourceGroups/g',
    false,
  ],
  [
    '/subscriptions/s/providers/N/t/a/PROVIDERS/M/e/x',
    'M/e',
    ['x'],
    '/subscriptions/s/providers/N/t/a',
    false,
  ],
  ['/providers/M/e', 'M/e', [], '/', true],
  ['/tenants', 'Microsoft.Resources/tenants', [], '/', true],
  ['/Providers', 'Microsoft.Resources/providers', [], '/', true],
  ['/providers/N', 'Microsoft.Resources/providers', ['N'], '/', false],
  ['/subscriptions/s/providers', 'Microsoft.Resources/subscriptions/providers', [], '/subscriptions/s', true],
  [
    '/subscriptions/s/providers/N',
    'Microsoft.Resources/subscriptions/providers',
    ['N'],
    '/subscriptions/s',
    false,
  ],
  ['/subscriptions/s/Locations', 'Microsoft.Resources/subscriptions/locations', [], '/subscriptions/s', true],
  [
    '/subscriptions/s/resourcegroups/g/Resources',
    'Microsoft.Resources/subscriptions/resourceGroups/resources',
    [],
    '/subscriptions/s/resourceGroups/g',
    true,
  ],
  [
    '/providers/Microsoft.Management/managementGroups/m/providers/M/e/x',
    'M/e',
    ['x'],
    '/providers/Microsoft.Management/managementGroups/m',
    false,
  ],
  [
    '/subscriptions/providers/providers/N/t/providers',
    'N/t',
    ['providers'],
    '/subscriptions/providers',
    false,
  ],
])('%s', (path, type, names, scope, isCollection) => {
  expect(parse(path)).toMatchObject({ type, names, scope, isCollection });
});

test.each([
  '',
  '/x',
  '/subscriptions/s/x',
  '/subscriptions/s/locations/l/x',
  '/subscriptions/s/resourceGroups/g/providers',
  '/subscriptions/s/resourceGroups/g/providers/N',
  '/tenants/t/x',
  '/subscriptions/s/resourceGroups/providers/N/t',
])('%s is refused', (path) => {
  expect(() => parse(path)).toThrow(Refusal);
});

test('any path gives a target or a refusal, and the id has the same names', () => {
  const segment = fc.constantFrom('subscriptions', 'resourceGroups', 'providers', 'Providers', 'N', 'a', 'b');
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 12 }), (segments) => {
      try {
        const { id, scope, type } = parseArmPath(segments);
        expect(id.toLowerCase()).toBe(`/${segments.join('/')}`.toLowerCase());
        expect(scope === '/' || id.startsWith(`${scope}/`)).toBe(true);
        expect(type).toContain('/');
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
  );
});
