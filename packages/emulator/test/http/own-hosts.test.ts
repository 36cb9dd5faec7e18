import { expect, test } from 'vitest';

import { isOwnHost, originOf, ownHosts } from '../../src/http/own-hosts.js';

test('names carry the port, unless it is that of https', () => {
  expect(ownHosts({ port: 8443 })).toEqual(['localhost:8443', '127.0.0.1:8443', '[::1]:8443']);
  expect(ownHosts({ port: 443 })).toEqual(['localhost', '127.0.0.1', '[::1]']);
  expect(originOf({ port: 443 })).toBe('https://localhost');
});

test.each([
  [8443, 'LOCALHOST:8443', true],
  [8443, 'localhost', false],
  [8443, 'localhost:84430', false],
  [8443, 'localhost.example:8443', false],
  [443, 'localhost', true],
  [443, '[::1]:443', true],
  [443, 'localhost:80', false],
])('port %i, host %s: %s', (port, host, expected) => {
  expect(isOwnHost({ port }, host)).toBe(expected);
});
