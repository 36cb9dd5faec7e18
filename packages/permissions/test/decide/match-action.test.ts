import { actionMatches, matchAction } from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { azureMlOperations } from '../fixtures/azure-ml-operations.js';

const ml = 'Microsoft.MachineLearningServices';
const segment: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'ab', 'A', 'a:b', '{x}', 'a.b');
const literal = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));

function patternWith(stars: number): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(segment, { maxLength: 4 }),
      fc.array(fc.nat({ max: 4 }), { minLength: stars, maxLength: stars }),
    )
    .map(([parts, places]) =>
      places.reduce((all, place) => all.toSpliced(Math.min(place, all.length), 0, '*'), parts).join('/'),
    );
}

/** The rule written as a regular expression: between two slashes, `*` and one of the slashes are optional. */
function reference(pattern: string, action: string): boolean {
  const source = pattern
    .split('/')
    .map((part, index, all) => {
      const last = index === all.length - 1;
      if (part !== '*') return part.replaceAll(/[.{}]/g, '\\$&') + (last ? '' : '/');
      if (last) return '.*';
      return index === 0 ? '.*/' : '(?:.*/)?';
    })
    .join('');
  return new RegExp(`^${source}$`, 'i').test(action);
}

describe('actionMatches', () => {
  it.each([
    ['*', `${ml}/workspaces/read`],
    ['*/read', `${ml}/workspaces/read`],
    ['*/read', 'Microsoft.Storage/storageAccounts/blobServices/containers/read'],
    [`${ml}/workspaces/*`, `${ml}/workspaces/jobs/read`],
    [`${ml}/workspaces/*/read`, `${ml}/workspaces/jobs/read`],
    [`${ml}/workspaces/*/read`, `${ml}/workspaces/batchEndpoints/deployments/jobs/read`],
    [`${ml}/workspaces/*/read`, `${ml}/workspaces/read`],
    ['microsoft.machinelearningservices/WORKSPACES/*/Read', `${ml}/workspaces/read`],
    ['Microsoft.Network/virtualNetworks/read ', 'Microsoft.Network/virtualNetworks/read'],
    ['a*b', 'ab'],
    ['a/*', 'a/'],
    ['a*b*c', 'abc'],
    ['Microsoft.CostManagement/*/query/*', 'Microsoft.CostManagement/query/action'],
    ['Microsoft.CostManagement/*/query/*', 'Microsoft.CostManagement/a/b/query/read'],
  ])('%s covers %s', (pattern, action) => {
    expect(actionMatches(pattern, action)).toBe(true);
  });

  it.each([
    [`${ml}/workspaces/*/read`, `${ml}/workspaces/write`],
    [`${ml}/workspaces/*/read`, `${ml}/workspacesread`],
    [`${ml}/workspaces/*/read`, `${ml}/workspaces2/read`],
    [`${ml}/workspaces/*`, `${ml}/workspaces`],
    [`${ml}/workspaces/read`, `${ml}/workspaces/reader`],
    ['*/read', 'read'],
    ['a.b/read', 'axb/read'],
    ['P/a/*/a/v', 'P/a/v'],
    ['a/*/b/*/b/b', 'a/b/b'],
    ['a*/b/*/c', 'b/c'],
    ['a/*/b*bc', 'a/b/bc'.slice(0, 4)],
    ['ax*xb*c', 'axbc'],
    ['ab*bc', 'abc'],
    ['', `${ml}/workspaces/read`],
    ['', ''],
    ['*', ''],
    ['*', '*'],
    ['*', `${ml}/*`],
  ])('%j does not cover %j', (pattern, action) => {
    expect(actionMatches(pattern, action)).toBe(false);
  });

  it('reads strictly on request: a middle * is one segment or more', () => {
    const options = { strictSegments: true };
    expect(actionMatches(`${ml}/workspaces/*/read`, `${ml}/workspaces/read`, options)).toBe(false);
    expect(actionMatches(`${ml}/workspaces/*/read`, `${ml}/workspaces/jobs/read`, options)).toBe(true);
  });

  it('agrees with the rule as a regular expression', () => {
    const pattern = fc.nat({ max: 3 }).chain(patternWith);
    fc.assert(
      fc.property(pattern, literal, (text, action) => {
        expect(actionMatches(text, action)).toBe(text !== '' && reference(text, action));
      }),
      { numRuns: 2000 },
    );
  });

  it('covers every operation made by filling in the *', () => {
    const pattern = fc.integer({ min: 1, max: 3 }).chain(patternWith);
    fc.assert(
      fc.property(pattern, literal, (text, filling) => {
        const action = text.replaceAll('*', filling);
        expect(matchAction(text, action)).toEqual({ zeroSegment: false });
      }),
    );
  });

  it('does not look at case, nor at blanks around', () => {
    fc.assert(
      fc.property(patternWith(1), literal, (text, action) => {
        expect(actionMatches(`${text.toUpperCase()} `, ` ${action.toLowerCase()}`)).toBe(
          actionMatches(text, action),
        );
      }),
    );
  });

  it('keeps its answers when more patterns pass by than it remembers', () => {
    const action = azureMlOperations[0]!;
    for (let index = 0; index < 20_001; index += 1) actionMatches(`a/${String(index)}`, action);
    expect(actionMatches(`${ml}/*`, action)).toBe(true);
    expect(actionMatches('a/1', 'a/1')).toBe(true);
  });
});

describe('matchAction', () => {
  it('tells whether the match rests on * standing for no segment', () => {
    expect(matchAction(`${ml}/workspaces/*/read`, `${ml}/workspaces/read`)).toEqual({ zeroSegment: true });
    expect(matchAction(`${ml}/workspaces/*/read`, `${ml}/workspaces/jobs/read`)).toEqual({
      zeroSegment: false,
    });
    expect(matchAction('a/*/b/*/c', 'a/b/x/c')).toEqual({ zeroSegment: true });
    expect(matchAction('a/*/b', 'a/c')).toBeUndefined();
  });
});
