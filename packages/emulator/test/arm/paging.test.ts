import { demoSeed } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { callArm, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const names = ['rg1', 'rg2', 'rg3', 'rg4', 'rg5'];
const seed = {
  ...demoSeed,
  subscriptions: [
    {
      name: 'dev',
      resourceGroups: names.map((name, index) => ({ name, tags: { odd: String(index % 2 === 0) } })),
    },
  ],
  roleAssignments: [{ principal: 'app:auditor', role: 'Reader', scope: '/dev' }],
  hosts: [],
};

const plain = withEmulator({ seed });
const paged = withEmulator({ seed, pageSize: 2 });
const empty = withEmulator({ seed, pageSize: 2, emptyPages: true });

type Start = typeof plain;

/** The names on each page. */
async function pagesOf(emulated: Start, query = ''): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  let next: string | undefined = `/subscriptions/${emulated().subscription('dev').id}/resourceGroups${query}`;
  while (next !== undefined) {
    const { body }: ArmAnswer = await callArm(emulated(), 'auditor', next);
    pages.push(body.value.map(({ name }) => name));
    next = body.nextLink;
  }
  return pages;
}

describe('a list', () => {
  test('is one page, unless there is a page size', async () => {
    expect(await pagesOf(plain)).toEqual([names]);
    expect(await pagesOf(paged)).toEqual([['rg1', 'rg2'], ['rg3', 'rg4'], ['rg5']]);
  });

  test('takes $top as the size of a page', async () => {
    expect(await pagesOf(plain, '?$top=3')).toEqual([
      ['rg1', 'rg2', 'rg3'],
      ['rg4', 'rg5'],
    ]);
    expect(await pagesOf(paged, '?$top=3')).toHaveLength(3);
    expect(await pagesOf(paged, '?$top=1')).toHaveLength(5);
    for (const top of ['0', '-1', 'many']) {
      const path = `/subscriptions/${plain().subscription('dev').id}/resourceGroups?$top=${top}`;
      expect(await callArm(plain(), 'auditor', path)).toMatchObject({
        status: 400,
        code: 'InvalidTopQueryParameter',
      });
    }
  });

  test('can have an empty page before each one with items', async () => {
    expect(await pagesOf(empty)).toEqual([[], ['rg1', 'rg2'], [], ['rg3', 'rg4'], [], ['rg5']]);
  });

  test('keeps its filter over all pages', async () => {
    const filter = `?$filter=${encodeURIComponent("tagName eq 'odd' and tagValue eq 'true'")}`;
    expect(await pagesOf(paged, filter)).toEqual([['rg1', 'rg3'], ['rg5']]);
    expect((await pagesOf(empty, filter)).flat()).toEqual(['rg1', 'rg3', 'rg5']);
  });

  test.each(['nonsense', 'WzEsMl0', 'Wy0xLHRydWVd', 'e30'])(
    'the continuation token %s is refused',
    async (token) => {
      const path = `/subscriptions/${paged().subscription('dev').id}/resourceGroups?$skipToken=${token}`;
      expect(await callArm(paged(), 'auditor', path)).toMatchObject({
        status: 400,
        code: 'InvalidSkipToken',
      });
    },
  );
});
