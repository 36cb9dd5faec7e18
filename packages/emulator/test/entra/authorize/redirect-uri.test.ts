import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isRegisteredRedirect } from '../../../src/entra/authorize/redirect-uri.js';

test('any port of a registered loopback address is that address; of another host it is not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 65_535 }), fc.webPath(), (port, path) => {
      const at = (host: string): string => `http://${host}:${port}${path}`;
      expect(isRegisteredRedirect([`http://localhost${path}`], at('localhost'))).toBe(true);
      expect(isRegisteredRedirect([`http://[::1]${path}`], at('[::1]'))).toBe(true);
      expect(isRegisteredRedirect([`http://localhost${path}`], at('localhost.example'))).toBe(false);
      expect(isRegisteredRedirect([`http://a.example:1${path}`], at('b.example'))).toBe(false);
    }),
  );
});

test('nothing else is taken for a registered address', () => {
  const registered = ['https://portal.example/callback', 'http://localhost/cb'];
  fc.assert(
    fc.property(fc.oneof(fc.webUrl(), fc.string()), (asked) => {
      expect(isRegisteredRedirect(registered, asked)).toBe(false);
    }),
  );
});

test.each(['javascript:alert(1)', 'not a URI', 'https://a.example/#x', 'data:text/html,x'])(
  '%s is no address, even where it is registered',
  (uri) => {
    expect(isRegisteredRedirect([uri], uri)).toBe(false);
  },
);
