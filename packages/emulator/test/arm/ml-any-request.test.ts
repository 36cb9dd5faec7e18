import fc from 'fast-check';
import { expect, test } from 'vitest';

import { tokenOf } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();

type Json = Readonly<Record<string, unknown>>;

const identity = { type: 'SystemAssigned,UserAssigned', userAssignedIdentities: { '/subscriptions/x': {} } };

/** Path → a body that is right. */
const BODIES: Readonly<Record<string, Json>> = {
  'computes/fresh': {
    identity: { type: 'SystemAssigned' },
    tags: { a: 'b' },
    properties: {
      computeType: 'AmlCompute',
      description: 'x',
      disableLocalAuth: true,
      properties: {
        vmSize: 'STANDARD_DS3_V2',
        scaleSettings: { minNodeCount: 0, maxNodeCount: 2, nodeIdleTimeBeforeScaleDown: 'PT5M' },
        userAccountCredentials: { adminUserName: 'root', adminUserPassword: 'x' },
      },
    },
  },
  'computes/mine': {
    identity,
    properties: {
      computeType: 'ComputeInstance',
      properties: {
        vmSize: 'STANDARD_DS3_V2',
        enableSSO: true,
        personalComputeInstanceSettings: { assignedUser: { objectId: 'x', tenantId: 'y' } },
      },
    },
  },
  'computes/vm': {
    properties: {
      computeType: 'VirtualMachine',
      resourceId: '/subscriptions/x',
      properties: { administratorAccount: { username: 'a', password: 'b' } },
    },
  },
  'datastores/mine': {
    properties: {
      datastoreType: 'AzureBlob',
      isDefault: true,
      credentials: { credentialsType: 'AccountKey', secrets: { secretsType: 'AccountKey', key: 'k' } },
    },
  },
  'models/m/versions/1': { properties: { modelUri: 'azureml://x', isArchived: false, tags: { a: 'b' } } },
  'data/d': { properties: { dataType: 'uri_file' } },
  'connections/git': {
    properties: { authType: 'PAT', category: 'Git', target: 'x', value: 'v', credentials: { pat: 'p' } },
  },
  'schedules/nightly': { properties: { action: {}, trigger: {} } },
  'onlineEndpoints/fresh': {
    location: 'westeurope',
    kind: 'Managed',
    tags: { a: 'b' },
    identity: { type: 'SystemAssigned' },
    properties: {
      authMode: 'Key',
      traffic: {},
      properties: { a: 'b' },
      keys: { primaryKey: 'a', secondaryKey: 'b' },
    },
  },
  'onlineEndpoints/fresh/deployments/blue': {
    kind: 'Managed',
    properties: { endpointComputeType: 'Managed' },
  },
  'onlineEndpoints/fresh/regenerateKeys': { keyType: 'Primary', keyValue: 'x' },
  'batchEndpoints/fresh': { properties: { authMode: 'AADToken', defaults: { deploymentName: 'x' } } },
  'jobs/one': {
    properties: {
      jobType: 'Command',
      command: 'x',
      environmentId: 'y',
      computeId: 'cpu',
      tags: { a: 'b' },
      outputs: { out: {} },
      identity: { identityType: 'Managed', clientId: 'x' },
      properties: { 'emu.status': 'Failed', 'emu.duration': '5s' },
    },
  },
  'jobs/one/cancel': {},
  'computes/cpu/listNodes': {},
  'computes/mine/resize': { targetVMSize: 'x' },
  'datastores/mine/listSecrets': {},
  'connections/git/listSecrets': {},
};

/** What stands in place of something that is right. */
const strange = fc.constantFrom<unknown>(
  null,
  true,
  -1,
  1.5,
  1e300,
  '',
  'none',
  '/',
  '//',
  '\u0000',
  '%',
  [],
  [[]],
  {},
  { a: null },
  { __proto__: null, toString: 'x' },
  { type: 1 },
);

/** A request with one part of its body replaced, or with none. */
const request = fc
  .record({
    path: fc.constantFrom(...Object.keys(BODIES)),
    at: fc.nat(40),
    value: strange,
    spare: fc.boolean(),
  })
  .map(({ path, at, value, spare }) => {
    const body = structuredClone(BODIES[path] ?? {});
    const places = placesIn(body);
    const place = spare ? undefined : places[at % Math.max(1, places.length)];
    if (place !== undefined) (place.owner as Record<string, unknown>)[place.key] = value;
    return { path, body };
  });

interface Place {
  readonly owner: Json;
  readonly key: string;
}

function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Json;
  return Object.entries(owner).flatMap(([key, inner]) => [{ owner, key }, ...placesIn(inner)]);
}

test('whatever is sent, the answer is one that Azure could give, and what is there can be read', async () => {
  const authorization = `Bearer ${await tokenOf(emulated(), 'platform-admin')}`;
  const send = async (method: string, path: string, body?: Json): Promise<readonly [number, string]> => {
    const response = await emulated().fetch(
      `${emulated().origin}${emulated().workspace('ws1').id}/${path}?api-version=2024-10-01`,
      {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
    );
    return [response.status, await response.text()];
  };
  await fc.assert(
    fc.asyncProperty(
      request,
      fc.constantFrom('PUT', 'PUT', 'PUT', 'PATCH', 'DELETE'),
      async ({ path, body }, method) => {
        const isAction = /(?:Keys|Secrets|Nodes|cancel|resize)$/.test(path);
        const [status] = await send(
          isAction ? 'POST' : method,
          path,
          method === 'DELETE' && !isAction ? undefined : body,
        );
        expect(status).toBeLessThan(500);
        const [list = ''] = path.split('/');
        for (const shown of [path, list]) expect((await send('GET', shown))[0]).toBeLessThan(500);
      },
    ),
    { numRuns: 250 },
  );
  expect(
    emulated().requests.filter(({ method, status }) => method === 'PUT' && status < 300).length,
  ).toBeGreaterThan(20);
}, 60_000);
