import { inspect } from 'node:util';
import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import { parseWorkspaceId, Workspace, type ArmClient, type OnlineEndpoint } from '@aml-auth/rest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emulatedClient } from '../emulated-client.js';

let emulator: Emulator;
let initial: ReturnType<Emulator['snapshot']>;
let since: number;

beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      ...demoSeed,
      operations: { duration: '0s' },
      subscriptions: [
        {
          name: 'dev',
          tenant: 'contoso',
          resourceGroups: [
            {
              name: 'rg-ml',
              location: 'westeurope',
              workspaces: [
                {
                  name: 'ws1',
                  endpoints: [
                    { name: 'by-key', auth: 'key', deployments: ['blue', 'green'], traffic: { blue: 100 } },
                    { name: 'by-token', auth: 'aml-token' },
                    { name: 'by-entra', auth: 'aad-token' },
                  ],
                },
              ],
            },
            { name: 'rg-ml2', location: 'westeurope' },
          ],
        },
      ],
    },
  });
  initial = emulator.snapshot();
});

beforeEach(() => {
  emulator.faults.clear();
  emulator.restore(initial);
  since = emulator.requests.length;
});

afterAll(() => emulator.close());

const endpointOf = (
  name: string,
  app?: string,
  more: Parameters<typeof emulatedClient>[2] = {},
): OnlineEndpoint => armOf(app, more).endpoint(parseWorkspaceId(emulator.workspace('ws1').id), name);
const armOf = (app = 'trainer', more: Parameters<typeof emulatedClient>[2] = {}): ArmClient =>
  emulatedClient(emulator, app, { random: () => 0, ...more });
/** How often a path that ends so was asked for since the test began. */
const asked = (end: string): number =>
  emulator.requests.slice(since).filter(({ path }) => path.replace(/\?.*/, '').endsWith(end)).length;

async function regenerate(keyType: 'Primary' | 'Secondary'): Promise<void> {
  const workspace = armOf('platform-admin').workspace(parseWorkspaceId(emulator.workspace('ws1').id));
  await (await workspace.onlineEndpoints.actions.regenerateKeys('by-key', { keyType })).result();
}

describe('an endpoint is called with what it asks for', () => {
  it.each([
    ['by-key', '/listKeys'],
    ['by-token', '/token'],
    ['by-entra', undefined],
  ])('%s', async (name, secret) => {
    const workspace = await Workspace.get(armOf(), emulator.workspace('ws1').id);
    const endpoint = workspace.endpoint(name);
    const result = await endpoint.score({ data: [1, 2] });
    expect(result).toMatchObject({ status: 200, body: { data: [1, 2] } });
    await endpoint.score('text');
    expect(asked(`/onlineEndpoints/${name}`)).toBe(1);
    if (secret !== undefined) expect(asked(`/onlineEndpoints/${name}${secret}`)).toBe(1);
    expect(asked('/score')).toBe(2);
    await expect(endpoint.getDetails()).resolves.toMatchObject({ name });
  });

  it('by the deployment that is named, or that the traffic chooses', async () => {
    const endpoint = endpointOf('by-key');
    expect((await endpoint.score(1)).deployment).toBe('blue');
    expect((await endpoint.score(1, { deployment: 'green' })).deployment).toBe('green');
    await expect(endpoint.score(1, { deployment: 'red' })).rejects.toMatchObject({
      code: 'AML_NOT_FOUND',
      message: expect.stringContaining('no deployment red') as string,
    });
  });

  it('with bytes and texts of another content type as they are', async () => {
    const endpoint = endpointOf('by-key');
    const text = await endpoint.score('a,b\n', { contentType: 'text/csv' });
    expect(text.body).toBe('a,b\n');
    const bytes = await endpoint.score(new TextEncoder().encode('{ "a": 1 }'));
    expect([bytes.body, bytes.text]).toEqual([{ a: 1 }, '{ "a": 1 }']);
  });

  it('by a hundred callers, with one reading', async () => {
    const endpoint = endpointOf('by-key');
    await Promise.all(Array.from({ length: 100 }, async (_, index) => endpoint.score(index)));
    expect(asked('/onlineEndpoints/by-key')).toBe(1);
    expect(asked('/listKeys')).toBe(1);
  });

  it('and does not print it', async () => {
    const { key = '' } = emulator.endpoint('by-key');
    const endpoint = endpointOf('by-key');
    const shown = inspect([endpoint, await endpoint.score(1)], { depth: 9, showHidden: true });
    expect(shown).not.toContain(key);
  });
});

describe('keys that were regenerated', () => {
  it('are read once more, once for all callers', async () => {
    const endpoint = endpointOf('by-key');
    await endpoint.score(1);
    await regenerate('Primary');
    await regenerate('Secondary');
    since = emulator.requests.length;
    const results = await Promise.all(Array.from({ length: 20 }, async () => endpoint.score(1)));
    expect(results.every(({ status }) => status === 200)).toBe(true);
    expect(asked('/listKeys')).toBe(1);
    await endpoint.score(1);
    expect(asked('/score')).toBe(41);
  });

  it('give way to the other one where they cannot be read any more', async () => {
    const endpoint = endpointOf('by-key');
    await endpoint.score(1);
    await regenerate('Primary');
    emulator.faults.add({ match: { path: '/subscriptions/**' }, do: { status: 403, body: {} } });
    await expect(endpoint.score(1)).resolves.toMatchObject({ status: 200 });
    since = emulator.requests.length;
    await endpoint.score(1);
    expect(asked('/score')).toBe(1);
  });

  it('and are refused all the same end with 401 after one reading', async () => {
    emulator.faults.add({
      match: { path: '/inference/**' },
      do: { status: 401, body: 'key_auth_access_denied' },
    });
    const endpoint = endpointOf('by-key');
    await expect(endpoint.score(1)).rejects.toMatchObject({
      code: 'AML_UNAUTHENTICATED',
      message: expect.stringContaining('key_auth_access_denied') as string,
    });
    expect(asked('/listKeys')).toBe(2);
    expect(asked('/score')).toBe(2);
  });
});

describe('a token of Azure Machine Learning', () => {
  it('is renewed in time, while the old one serves', async () => {
    const clock = emulator.clock;
    const endpoint = endpointOf('by-token', 'trainer', {
      clock: { now: () => clock.now(), monotonic: () => performance.now(), schedule: () => () => undefined },
    });
    await endpoint.score(1);
    clock.advance('46m');
    await endpoint.score(1);
    await expect.poll(() => asked('/token')).toBe(2);
    clock.advance('44m');
    await endpoint.score(1);
    expect(asked('/score')).toBe(3);
  });

  it('that cannot be renewed serves until it expires', async () => {
    const clock = emulator.clock;
    const endpoint = endpointOf('by-token', 'trainer', {
      clock: { now: () => clock.now(), monotonic: () => performance.now(), schedule: () => () => undefined },
    });
    await endpoint.score(1);
    emulator.faults.add({ match: { path: '/subscriptions/**' }, do: { status: 403, body: {} } });
    clock.advance('46m');
    await expect(endpoint.score(1)).resolves.toMatchObject({ status: 200 });
    clock.advance('20m');
    await expect(endpoint.score(1)).rejects.toMatchObject({ code: 'AML_FORBIDDEN' });
  });
});

describe('an Entra token', () => {
  it('without the right to score is refused with the role that has it', async () => {
    await expect(endpointOf('by-entra', 'auditor').score(1)).rejects.toMatchObject({
      code: 'AML_FORBIDDEN',
      status: 403,
      remedy: expect.stringContaining('onlineEndpoints/score/action') as string,
    });
    expect(asked('/score')).toBe(1);
  });

  it('is one for Azure Machine Learning, and that for Resource Manager stays there', async () => {
    await endpointOf('by-entra').score(1);
    const sent = emulator.requests
      .slice(since)
      .flatMap(({ path, token }) =>
        token === undefined ? [] : [[path.includes('/score'), token.claims['aud']]],
      );
    expect(sent).toEqual([
      [false, emulator.cloud.resourceManager.audience],
      [true, emulator.cloud.machineLearning.audience],
    ]);
  });
});

describe('an endpoint whose way to sign in was changed', () => {
  it('is read anew after the refusal', async () => {
    const endpoint = endpointOf('by-key', 'platform-admin');
    await endpoint.score(1);
    const workspace = armOf('platform-admin').workspace(parseWorkspaceId(emulator.workspace('ws1').id));
    const operation = await workspace.onlineEndpoints.put('by-key', {
      location: 'westeurope',
      properties: { authMode: 'AADToken', traffic: { blue: 100 } },
    });
    await operation.result();
    await expect(endpoint.score(1)).resolves.toMatchObject({ status: 200 });
  });
});
