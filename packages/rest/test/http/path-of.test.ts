import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pathOf } from '../../src/http/path-of.js';

it('is the path that URL reads, of any URL as URL writes it', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
      const { href, pathname } = new URL(text);
      expect(pathOf(href)).toBe(pathname);
    }),
  );
});
