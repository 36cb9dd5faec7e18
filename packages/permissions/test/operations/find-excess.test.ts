import { actionMatches, builtInRoles, findExcess, type PermissionEntry } from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { entry, writeJob } from '../fixtures/snapshot.js';

const permissions = (roleName: string) =>
  builtInRoles.find((known) => known.roleName === roleName)!.permissions;

/** Over so small an alphabet that every short operation can be tried. */
const text = fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 2 }).map((parts) => parts.join(''));
const pattern = fc.oneof(
  fc.tuple(text, text).map(([left, right]) => `${left}*${right}`),
  text.filter((literal) => literal !== ''),
);
const entries = fc.array(
  fc
    .record({
      actions: fc.array(pattern, { minLength: 1, maxLength: 3 }),
      notActions: fc.array(pattern, { maxLength: 2 }),
    })
    .map(entry),
  { minLength: 1, maxLength: 2 },
);
const words = (length: number): readonly string[] =>
  length === 0
    ? ['']
    : ['', ...['a', 'b', '/', 'c'].flatMap((letter) => words(length - 1).map((rest) => letter + rest))];
const operations = [...new Set(words(5))].filter((word) => word !== '');
const grants = (list: readonly PermissionEntry[], action: string) => {
  const covers = (patterns: readonly string[]) => patterns.some((one) => actionMatches(one, action));
  return list.some(({ actions, notActions }) => covers(actions) && !covers(notActions));
};

describe('findExcess', () => {
  it('finds a difference exactly where trying every short operation finds one', () => {
    let within = 0;
    fc.assert(
      fc.property(entries, entries, (granted, limit) => {
        const tried = operations.find((action) => grants(granted, action) && !grants(limit, action));
        const excess = findExcess(granted, limit);
        if (excess === undefined) {
          expect(tried).toBeUndefined();
          within += 1;
          return;
        }
        expect(grants(granted, excess.action) && !grants(limit, excess.action)).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(within).toBeGreaterThan(20);
  });

  it('finds nothing between a list and itself', () => {
    for (const { permissions: own } of builtInRoles) expect(findExcess(own, own)).toBeUndefined();
  });

  it.each([
    ['Reader', 'Contributor', undefined],
    ['Contributor', 'Owner', undefined],
    ['Storage Blob Data Reader', 'Storage Blob Data Contributor', undefined],
    ['AzureML Data Scientist', 'Azure AI Administrator', undefined],
  ])('proves that %s is within %s', (granted, limit, excess) => {
    expect(findExcess(permissions(granted), permissions(limit))).toBe(excess);
  });

  it('prefers a published operation as the example, and makes one up where there is none', () => {
    expect(findExcess(permissions('AzureML Data Scientist'), permissions('Reader'))?.action).toMatch(
      /^Microsoft\.MachineLearningServices\/workspaces\/[^~]+$/,
    );
    expect(findExcess([entry({ actions: ['Contoso/*'] })], [entry({ actions: ['Contoso/a/*'] })])).toEqual({
      action: 'contoso/~any~',
      isDataAction: false,
    });
  });

  it('finds an operation whose beginning and end overlap', () => {
    const granted = [entry({ actions: ['Contoso/jobs/*'] })];
    const limit = [
      entry({ actions: ['*'], notActions: ['*/jobs/read'] }),
      entry({ actions: ['Contoso/jobs/*/jobs/read'] }),
    ];
    expect(findExcess(granted, limit)).toEqual({ action: 'contoso/jobs/read', isDataAction: false });
    const all = [...limit, entry({ actions: ['Contoso/jobs/read'] })];
    expect(findExcess(granted, all)).toBeUndefined();
  });

  it.each([
    ['Contoso/~any~', 'contoso/^any^'],
    ['Contoso/~^any', 'contoso/§any§'],
    ['Contoso/~^§¤¦', 'contoso/\u{10FFFD}any\u{10FFFD}'],
  ])('makes up a text that no pattern names: beside %s', (named, action) => {
    const limit = [entry({ actions: [named, 'Other'] })];
    expect(findExcess([entry({ actions: ['Contoso/*'] })], limit)?.action).toBe(action);
  });

  it('takes blanks around a pattern for nothing', () => {
    expect(findExcess([entry({ actions: [' Contoso/read '] })], [])?.action).toBe('Contoso/read');
    expect(findExcess([entry({ actions: [' Contoso/* '] })], [])?.action).toBe('contoso/~any~');
  });

  it('keeps the planes apart', () => {
    const owner = permissions('Owner');
    const blobs = [entry({ dataActions: ['B/read'] })];
    expect(findExcess(blobs, owner)).toEqual({ action: 'B/read', isDataAction: true });
  });

  it('counts a limit under a condition only for the same condition', () => {
    const plain = { actions: [writeJob] };
    const open = [entry({ ...plain, condition: 'x' })];
    expect(findExcess(open, [entry(plain)])).toBeUndefined();
    expect(findExcess(open, open)).toBeUndefined();
    expect(findExcess([entry(plain)], open)?.action).toBe(writeJob);
    expect(findExcess(open, [entry({ ...plain, condition: 'y' })])?.action).toBe(writeJob);
  });
});
