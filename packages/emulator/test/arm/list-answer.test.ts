import fc from 'fast-check';
import { expect, test } from 'vitest';

import { listAnswer } from '../../src/arm/list-answer.js';
import type { Call } from '../../src/http/call.js';

interface Page {
  readonly value: readonly number[];
  readonly nextLink?: string;
}

/** As much of a call as lists look at. */
function callOf(url: string, world: { pageSize: number | undefined; emptyPages: boolean }): Call {
  const { origin, pathname, searchParams } = new URL(url);
  const segments = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  return { world, origin, segments, query: searchParams } as unknown as Call;
}

test('whoever follows nextLink gets every item once, in order, on pages of the right size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer(), { maxLength: 30 }),
      fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
      fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
      fc.boolean(),
      fc.constantFrom('$skip', '$skipToken'),
      async (items, pageSize, top, emptyPages, parameter) => {
        const seen: number[] = [];
        const query = `a=b%20c&api-version=1${top === undefined ? '' : `&$top=${top}`}`;
        let next: string | undefined = `https://localhost:1/sub scriptions/x?${query}`;
        let pages = 0;
        while (next !== undefined) {
          const call = callOf(next, { pageSize, emptyPages });
          expect(call.query.get('a')).toBe('b c');
          expect(call.query.getAll(parameter).length).toBeLessThanOrEqual(1);
          const page = (await listAnswer(call, items, parameter, { top: true }).json()) as Page;
          expect(page.value.length).toBeLessThanOrEqual(Math.min(pageSize ?? Infinity, top ?? Infinity));
          seen.push(...page.value);
          next = page.nextLink;
          pages += 1;
          expect(pages).toBeLessThanOrEqual(2 * items.length + 1);
        }
        expect(seen).toEqual(items);
      },
    ),
  );
});

test('$top means nothing to a list that does not take it', async () => {
  const call = callOf('https://localhost:1/x?$top=1', { pageSize: undefined, emptyPages: false });
  expect(await listAnswer(call, [1, 2], '$skip').json()).toEqual({ value: [1, 2] });
});
