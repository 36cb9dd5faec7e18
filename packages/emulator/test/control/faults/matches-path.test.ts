import fc from 'fast-check';
import { expect, test } from 'vitest';

import { matchesPath } from '../../../src/control/faults/matches-path.js';
import { matchesText } from '../../../src/core/matches-text.js';

test.each([
  ['/subscriptions/**', '/subscriptions', true],
  ['/subscriptions/**', '/subscriptions/x/resourceGroups/y', true],
  ['/subscriptions/**', '//SUBSCRIPTIONS/x/', true],
  ['/subscriptions/*', '/subscriptions/x/y', false],
  ['/subscriptions/*', '/subscriptions', false],
  ['/*/oauth2/**', '/contoso/oauth2/v2.0/token', true],
  ['/*/oauth2/**', '/subscriptions/x', false],
  ['/graph/**/addPassword', '/graph/v1.0/applications/x/addPassword', true],
  ['/graph/v1.0/me', '/graph/v1x0/me', false],
  ['/workspaces/ws*', '/workspaces/ws1', true],
  ['/', '/', true],
  ['/**/a/**/b', '/a/x/a/y/b', true],
  ['/**/a/**/b', '/x/b/a', false],
  ['/**/**', '/', true],
  ['/a*c/**', '/a/c', false],
])('the path pattern %s against %s: %s', (pattern, path, matches) => {
  expect(matchesPath(pattern, path)).toBe(matches);
});

test.each([
  ['azsdk-js*', 'azsdk-js-identity/4.14.1 core-rest-pipeline/1.2', true],
  ['TRAINER', 'trainer', true],
  ['train', 'trainer', false],
  ['*device_code', 'urn:ietf:params:oauth:grant-type:device_code', true],
  ['a*b*c', 'axbxbxc', true],
  ['a*b*c', 'axcxb', false],
  ['**', '', true],
  ['a.c', 'abc', false],
])('the pattern %s against %s: %s', (pattern, text, matches) => {
  expect(matchesText(pattern, text)).toBe(matches);
});

test('a text without a star matches itself and nothing longer', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), (text) => {
      const pattern = text.replaceAll('*', '');
      expect(matchesText(pattern, pattern)).toBe(true);
      expect(matchesText(pattern, `${pattern}x`)).toBe(false);
    }),
  );
});

test('a text matches every pattern that is made of it by stars', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }))), (parts) => {
      const pattern = parts.map(([kept]) => `${kept.replaceAll('*', '')}*`).join('');
      const text = parts.map(([kept, dropped]) => kept.replaceAll('*', '') + dropped).join('');
      expect(matchesText(pattern, text)).toBe(true);
      expect(matchesText(`${pattern}!`, `${text.replaceAll('!', '')}?`)).toBe(false);
    }),
  );
});

test('many stars come to an end, also where nothing matches', () => {
  expect(matchesText(`${'*a'.repeat(40)}!`, 'a'.repeat(8_000))).toBe(false);
  expect(matchesPath(`${'/**/a'.repeat(20)}/b`, '/a'.repeat(2_000))).toBe(false);
});
