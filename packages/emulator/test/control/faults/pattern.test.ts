import fc from 'fast-check';
import { expect, test } from 'vitest';

import { matchesPath, matchesText } from '../../../src/control/faults/pattern.js';

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
])('the path pattern %s against %s: %s', (pattern, path, matches) => {
  expect(matchesPath(pattern, path)).toBe(matches);
});

test.each([
  ['azsdk-js*', 'azsdk-js-identity/4.14.1 core-rest-pipeline/1.2', true],
  ['TRAINER', 'trainer', true],
  ['train', 'trainer', false],
  ['*device_code', 'urn:ietf:params:oauth:grant-type:device_code', true],
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
