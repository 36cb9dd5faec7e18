import { checkSeed, demoSeed, parseSeed, startEmulator } from '@aml-auth/emulator';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const [contoso] = demoSeed.tenants;

async function pathsOf(seed: unknown): Promise<readonly string[]> {
  return (await checkSeed(seed)).map(({ path }) => path);
}

test('the demo data has no problem, as object and as text', async () => {
  expect(await checkSeed(demoSeed)).toEqual([]);
  expect(await checkSeed(JSON.stringify(demoSeed))).toEqual([]);
});

describe('the form', () => {
  test('every wrong place is listed', async () => {
    const seed = { tenants: [{ nam: 'a', users: [{ upn: 1 }] }], subscription: [] };
    expect(await checkSeed(seed)).toEqual([
      { path: 'tenants[0].name', message: expect.stringContaining('expected string') as string },
      { path: 'tenants[0].users[0].upn', message: expect.stringContaining('expected string') as string },
      { path: 'tenants[0].nam', message: 'there is no such setting.' },
      { path: 'subscription', message: 'there is no such setting.' },
    ]);
  });

  test.each(['tenants: [', 'a: *b', '- 1', ''])('a text that is no seed is a problem: %j', async (text) => {
    const problems = await checkSeed(text);
    expect(problems.length).toBeGreaterThan(0);
    for (const { message } of problems) expect(message).not.toBe('');
  });
});

describe('what names refer to', () => {
  test('every reference to nothing is listed, and nothing else', async () => {
    const problems = await checkSeed({
      ...demoSeed,
      tenants: [
        {
          ...contoso,
          groups: [
            { name: 'outer', members: ['alice@contoso', 'nobody@contoso', 'group:inner', 'identity:none'] },
            { name: 'inner', members: ['bob@contoso'] },
          ],
        },
      ],
      roleAssignments: [
        { principal: 'app:trainer', role: 'Reader', scope: '/dev' },
        { principal: 'app:missing', role: 'Reader', scope: '/dev' },
        { principal: 'app:trainer', role: 'No Such Role', scope: '/dev' },
        { principal: 'app:trainer', role: 'Owner', scope: '/dev/rg-missing' },
      ],
      hosts: [
        { kind: 'vm', as: 'system' },
        { kind: 'aml-compute', as: 'no-compute' },
      ],
    });
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'hosts[1]',
      'roleAssignments[1]',
      'roleAssignments[2]',
      'roleAssignments[3]',
      'tenants[0].groups[0].members[1]',
      'tenants[0].groups[0].members[3]',
    ]);
    const role = problems.find(({ path }) => path === 'roleAssignments[2]');
    expect(role?.message).toBe('There is no role No Such Role.');
  });

  test('of two things with one name the second is listed', async () => {
    const users = [{ upn: 'a@contoso' }, { upn: 'b@contoso' }, { upn: 'A@contoso' }];
    expect(await pathsOf({ tenants: [{ name: 'contoso', users }] })).toEqual(['tenants[0].users[2]']);
  });

  test('the entries of a subscription are listed by themselves', async () => {
    const resourceGroups = [
      {
        name: 'rg',
        workspaces: [
          { name: 'ws1', computes: [{ name: 'cpu', kind: 'AmlCompute', identity: 'id-missing' }] },
        ],
      },
      { name: 'rg' },
    ];
    const seed = { tenants: [{ name: 'contoso' }], subscriptions: [{ name: 'dev', resourceGroups }] };
    expect(await pathsOf(seed)).toEqual([
      'subscriptions[0].resourceGroups[0].workspaces[0].computes[0]',
      'subscriptions[0].resourceGroups[1]',
    ]);
  });
});

test('it finds problems exactly where the emulator does not start', async () => {
  const names = fc.constantFrom('a', 'b', 'c');
  const seeds = fc.record({
    tenants: fc.tuple(
      fc.record({
        name: fc.constant('contoso'),
        apps: fc.array(fc.record({ name: names }), { maxLength: 3 }),
        groups: fc.array(
          fc.record({
            name: names,
            members: fc.array(
              names.map((name) => `app:${name}`),
              { maxLength: 2 },
            ),
          }),
          { maxLength: 2 },
        ),
      }),
    ),
    subscriptions: fc.constant([{ name: 'dev' }]),
    roleAssignments: fc.array(
      fc.record({
        principal: names.map((name) => `app:${name}`),
        role: fc.constantFrom('Reader', 'Owner', 'Nonsense'),
        scope: fc.constantFrom('/dev', '/prod'),
      }),
      { maxLength: 3 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const problems = await checkSeed(seed);
      const starts = await startEmulator({ seed: parseSeed(seed) }).then(
        (emulator) => emulator.close().then(() => true),
        () => false,
      );
      expect(problems.length === 0).toBe(starts);
    }),
    { numRuns: 25 },
  );
});
