import { defaultScope, isGuid, parseGuid, parseScopes, parseTenantId } from '@aml-auth/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const invalid = expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error;

describe('parseTenantId', () => {
  it.each([
    '72F988BF-86f1-41af-91ab-2d7cd011db47',
    'contoso.onmicrosoft.com',
    'organizations',
    'a-b.c-d.example',
  ])('takes %s', (value) => {
    expect(parseTenantId(value)).toBe(value.toLowerCase());
  });

  it.each([
    '"; rm -rf ~"',
    'contoso\n--output',
    '../../common',
    '..',
    '.',
    '-x',
    'cont\u200boso.com',
    'соntoso.com',
    'a..b',
    'a/b',
    'a?b',
    '',
    'a'.repeat(100_000),
    undefined,
    null,
    7,
  ])('refuses %j', (value) => {
    expect(() => parseTenantId(value)).toThrow(invalid);
  });

  it('lets nothing through that could leave the first path segment', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        let tenant: string;
        try {
          tenant = parseTenantId(text);
        } catch {
          return;
        }
        expect(new URL(`https://login.test/${tenant}/oauth2`).pathname).toBe(`/${tenant}/oauth2`);
      }),
    );
  });
});

describe('parseGuid', () => {
  it('folds the case and names the option of a bad value', () => {
    const guid = 'F6C7C914-8DB3-469D-8CA1-694A8F32E121';
    expect(parseGuid(guid, 'clientId')).toBe(guid.toLowerCase());
    expect(isGuid(guid)).toBe(true);
    for (const bad of [`{${guid}}`, guid.slice(1), 'trainer', `${guid}\n`, 3]) {
      expect(() => parseGuid(bad, 'clientId')).toThrow(/^clientId /);
    }
  });
});

describe('parseScopes', () => {
  it('sorts and drops duplicates without touching the argument', () => {
    const given = ['b/.default', 'a/.default', 'b/.default'];
    expect(parseScopes(given)).toEqual(['a/.default', 'b/.default']);
    expect(given).toHaveLength(3);
  });

  it('refuses more than a hundred', () => {
    expect(() => parseScopes(Array.from({ length: 10_000 }, (_, index) => `s${index}`))).toThrow(invalid);
  });

  it('shows a bad scope shortened and printable', () => {
    expect(() => parseScopes(`x ${'y'.repeat(5000)}\u001b[31m`)).toThrow(/^scope "x y{50,60}\.\.\."/);
  });
});

it.each([
  ['https://ml.azure.com', 'https://ml.azure.com/.default'],
  ['https://management.core.windows.net/', 'https://management.core.windows.net//.default'],
])('defaultScope(%s)', (resource, scope) => {
  expect(defaultScope(resource)).toBe(scope);
});
