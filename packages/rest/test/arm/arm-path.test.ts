import { isAmlAuthError } from '@aml-auth/core';
import { armPath } from '@aml-auth/rest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeArmPath } from '../../src/arm/arm-path.js';

const BAD = [
  'a/../../b',
  '..',
  '.',
  '...',
  '%2e%2e',
  '%2F',
  '?api-version=',
  'a?b',
  '#',
  'a\\b',
  'a\r\nb',
  '\u202eb',
  '\ud800',
  '',
  ' ',
];

describe('armPath', () => {
  it('puts names into a path', () => {
    expect(armPath`/subscriptions/${'s'}/resourceGroups/${'Grüße (1)'}`).toBe(
      '/subscriptions/s/resourceGroups/Grüße (1)',
    );
  });

  it.each(BAD)('refuses the name %j and says where it stands', (name) => {
    expect(() => armPath`/subscriptions/s/workspaces/${name}/jobs`).toThrow(
      expect.objectContaining({
        code: 'AML_CONFIG_INVALID',
        message: expect.stringContaining('path segment after "workspaces"') as string,
      }) as Error,
    );
  });
});

describe('encodeArmPath', () => {
  it.each(BAD.filter((name) => name !== 'a/../../b'))('refuses the segment %j', (name) => {
    expect(() => encodeArmPath(`/subscriptions/${name}`)).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error,
    );
  });

  it.each(['subscriptions/s', 'https://evil.example/x', '//evil.example', '', '/a//b', '/a/../b', '/a/'])(
    'refuses the path %j',
    (path) => {
      expect(() => encodeArmPath(path)).toThrow(
        expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error,
      );
    },
  );

  it('gives a path that a URL parser leaves alone, or AML_CONFIG_INVALID', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (segments) => {
        let encoded: string;
        try {
          encoded = encodeArmPath(`/${segments.join('/')}`);
        } catch (error) {
          expect(isAmlAuthError(error) && error.code === 'AML_CONFIG_INVALID').toBe(true);
          return;
        }
        const url = new URL(`https://management.azure.com${encoded}`);
        expect(url.pathname).toBe(encoded);
        expect(url.host + url.search + url.hash).toBe('management.azure.com');
        expect(url.pathname.slice(1).split('/').map(decodeURIComponent).join('/')).toBe(segments.join('/'));
      }),
    );
  });
});
