import { expect, test } from 'vitest';

import { parsePassthrough } from '../../src/proxy/parse-passthrough.js';

test('a name without a port is let through at any port, one with a port at this one only', () => {
  const isPassthrough = parsePassthrough(['PyPI.org', 'registry.example:8080', '[::1]:9']);
  expect(
    ['pypi.org:443', 'PYPI.ORG:80', 'registry.example:8080', '[::1]:9'].filter(isPassthrough),
  ).toHaveLength(4);
  expect(
    ['registry.example:443', 'x.pypi.org:443', 'pypi.org.example:443', 'evilpypi.org:443'].filter(
      isPassthrough,
    ),
  ).toEqual([]);
});

test('nothing is let through where nothing is listed', () => {
  expect(parsePassthrough([])('example.org:443')).toBe(false);
});

test.each(['https://pypi.org', 'pypi.org/simple', '*.pypi.org', '', 'a b', 'user@host'])(
  '"%s" is no host',
  (host) => {
    expect(() => parsePassthrough([host])).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
  },
);

test.each(['login.microsoftonline.com', 'management.azure.com:443', '169.254.169.254'])(
  'nothing can be let through to %s, which the emulator stands in for',
  (host) => {
    expect(() => parsePassthrough([host])).toThrow(/stands in for/);
  },
);
