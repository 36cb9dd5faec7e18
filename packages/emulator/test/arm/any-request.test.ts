import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ARM_TYPES } from '../../src/arm/arm-types.js';
import { links, seedWithDependents } from '../support/dependents.js';
import { tokenOf } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ pageSize: 2, emptyPages: true, seed: seedWithDependents });

/** What lies in workspaces has a test of its own. */
const TYPES = ARM_TYPES.filter(
  ({ type }) => !type.startsWith('Microsoft.MachineLearningServices/workspaces/'),
);

const scope = fc.constantFrom(
  '',
  '/SUB',
  '/SUB/resourceGroups/rg-ml',
  '/SUB/resourcegroups/RG-ML2',
  '/SUB/x',
);
/** What is there, by the last part of its type. */
const THERE: Readonly<Record<string, string>> = {
  resourceGroups: 'rg-ml2',
  workspaces: 'ws1',
  virtualMachines: 'vm',
  userAssignedIdentities: 'id-cluster',
  storageAccounts: 'linkedst',
  vaults: 'linkedkv',
};
const name = fc.constantFrom(
  'vm',
  'ws1',
  'linkedst',
  'linkedkv',
  'id-cluster',
  'rg-ml2',
  'default',
  'new1',
  '..',
);
const action = fc.constantFrom('start', 'deallocate', 'register', 'listKeys', 'constructor', '__proto__');

/** A list, a resource or an action of a type, with an api-version of it. */
const target = fc
  .record({
    type: fc.constantFrom(...TYPES),
    scope,
    names: fc.array(name, { minLength: 4, maxLength: 4 }),
    isThere: fc.boolean(),
    ending: fc.constantFrom('list', 'resource', 'resource', 'action'),
    action,
  })
  .map((parts) => {
    const [namespace = '', ...types] = parts.type.type.split('/');
    const nameOf = (part: string, index: number): string =>
      (parts.isThere ? THERE[part] : undefined) ?? parts.names[index] ?? 'x';
    const pairs = types.flatMap((part, index) => [part, nameOf(part, index)]);
    const inner = parts.ending === 'list' ? pairs.slice(0, -1) : pairs;
    if (parts.ending === 'action') inner.push(parts.action);
    const isBare = namespace === 'Microsoft.Resources' && types[0] === 'subscriptions';
    return {
      path: isBare
        ? ['/SUB', ...inner.slice(2)].join('/')
        : `${parts.scope}/providers/${namespace}/${inner.join('/')}`,
      version: parts.type.apiVersions.stable.at(-1) ?? '2022-12-01',
    };
  });

const query = fc.constantFrom(
  ...['', '', '', '&$top=1', '&$top=x', '&$filter=nonsense', "&$filter=tagName eq 'a'", '&$filter=atScope()'],
  ...['&$skipToken=W10', '&$expand=instanceView,createdTime', '&monitor=true', '&forceToPurge=true'],
);

const odd = fc.constantFrom<unknown>('', 'x', '__proto__', '/subscriptions/x', 1, null, [], {}, true, {
  a: 1,
});
/** Mostly what is right there, sometimes something else. */
const mostly = (right: unknown) => fc.oneof({ weight: 5, arbitrary: fc.constant(right) }, odd);

const identity = fc.record({
  type: mostly('SystemAssigned, UserAssigned'),
  userAssignedIdentities: fc.oneof(mostly({ IDENTITY: {} }), fc.constant({ IDENTITY: null, x: 1 })),
});
const body = fc.record(
  {
    location: mostly('West Europe'),
    tags: mostly({ a: 'b' }),
    kind: mostly('Default'),
    sku: mostly({ name: 'Basic' }),
    identity: fc.oneof({ weight: 5, arbitrary: identity }, odd),
    properties: fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          keyVault: mostly('LINK_keyVault'),
          storageAccount: mostly('LINK_storageAccount'),
          applicationInsights: mostly('LINK_applicationInsights'),
          storageProfile: mostly({}),
          networkProfile: mostly({}),
          osProfile: mostly({ adminPassword: 'x' }),
        }),
      },
      odd,
    ),
  },
  { requiredKeys: ['location', 'properties'] },
);

test('whatever is asked of Azure Resource Manager, the answer is never a failure of the emulator', async () => {
  const emulator = emulated();
  const token = await tokenOf(emulator, 'platform-admin');
  const start = emulator.snapshot();
  const linked = links(emulator);
  const fill = (text: string): string =>
    text
      .replaceAll('SUB', `subscriptions/${emulator.subscription('dev').id}`)
      .replaceAll('IDENTITY', emulator.identity().id)
      .replaceAll(/LINK_(\w+)/g, (_, property: string) => linked[property] ?? '');
  const seen = new Set<string>();
  const method = fc.constantFrom('GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS');
  await fc.assert(
    fc.asyncProperty(target, query, method, body, async ({ path, version }, more, verb, given) => {
      emulator.restore(start);
      const url = `${emulator.origin}${fill(path)}?api-version=${version}${more}`;
      const response = await emulator.fetch(url, {
        method: verb,
        headers: { authorization: `Bearer ${token}` },
        ...(verb === 'GET' || verb === 'HEAD' ? {} : { body: fill(JSON.stringify(given)) }),
      });
      expect([response.status, response.status < 500 ? '' : await response.text()]).toEqual([
        response.status,
        '',
      ]);
      seen.add(`${verb} ${response.status}`);
    }),
    // The same requests each time: what they reach is counted on below.
    { numRuns: 2_500, seed: 1 },
  );
  // It gets beyond the first checks.
  expect([...seen]).toEqual(
    expect.arrayContaining(['GET 200', 'HEAD 204', 'PUT 201', 'PUT 400', 'PATCH 200', 'POST 404']),
  );
});
