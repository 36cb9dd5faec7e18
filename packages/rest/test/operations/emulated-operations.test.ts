import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import { armPath, type ArmClient } from '@aml-auth/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emulatedClient } from '../emulated-client.js';

const apiVersion = '2026-09-01';
const cluster = {
  location: 'westeurope',
  properties: {
    computeType: 'AmlCompute',
    properties: { vmSize: 'STANDARD_DS3_V2', scaleSettings: { minNodeCount: 0, maxNodeCount: 2 } },
  },
};

let emulator: Emulator;
let client: ArmClient;
const computePath = (name: string): string => emulator.workspace('ws1').id + armPath`/computes/${name}`;
const countOf = (method: string): number =>
  emulator.requests.filter((one) => one.method === method && one.path.includes('/computes/')).length;

beforeEach(async () => {
  emulator = await startEmulator({ seed: { ...demoSeed, operations: { duration: '30s' } } });
  client = emulatedClient(emulator);
});

afterEach(() => emulator.close());

describe('an operation of Azure', () => {
  it('is resumed by its handle in a client that did not start it', async () => {
    const started = await client.startOperation({
      method: 'PUT',
      path: computePath('cluster-1'),
      apiVersion,
      body: cluster,
    });
    await expect(started.poll()).resolves.toMatchObject({ status: 'Running', percentComplete: 0 });
    const stored = JSON.stringify(started);
    expect(stored).not.toMatch(/eyJ|Bearer/);

    emulator.clock.advance('31s');
    const resumed = emulatedClient(emulator).resumeOperation(JSON.parse(stored));
    await expect(resumed.result()).resolves.toMatchObject({
      name: 'cluster-1',
      properties: { provisioningState: 'Succeeded' },
    });
    expect(countOf('PUT')).toBe(1);
  });

  it('of each style ends: a status document, and Location', async () => {
    emulator.clock.advance('31s');
    const detached = await client.startOperation({
      method: 'DELETE',
      path: computePath('cpu'),
      apiVersion,
      query: { underlyingResourceAction: 'Delete' },
    });
    emulator.clock.advance('31s');
    expect(detached.toJSON()).toMatchObject({ style: 'status' });
    await detached.poll();
    await expect(detached.result()).resolves.toBeUndefined();
    const removed = await client.startOperation({
      method: 'DELETE',
      path: emulator.workspace('ws1').id,
      apiVersion,
    });
    expect(removed.toJSON()).toMatchObject({ style: 'location' });
    emulator.clock.advance('31s');
    await removed.poll();
    await expect(removed.result()).resolves.toBeUndefined();
  });

  it.each([
    [{ code: 'QuotaExceeded', message: 'No cores left.' }, 'AML_REQUEST_REJECTED', 'QuotaExceeded'],
    [{ outcome: 'Canceled' as const }, 'AML_CONFLICT', undefined],
  ])('that ends with %j is an error', async (failure, code, armCode) => {
    emulator.failNextOperation(failure);
    const operation = await client.startOperation({
      method: 'PUT',
      path: computePath('cluster-2'),
      apiVersion,
      body: cluster,
    });
    emulator.clock.advance('31s');
    await operation.poll();
    const error: unknown = await operation.result().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code, ...(armCode === undefined ? {} : { armCode }) });
  });

  it('whose gateway gave up (504) before anything was done is written once more, and no third time', async () => {
    emulator.faults.add({
      match: { path: '**/computes/**', method: 'PUT' },
      times: 1,
      do: {
        status: 504,
        body: { error: { code: 'GatewayTimeout', message: 'The gateway did not receive a response.' } },
      },
    });
    const operation = await client.startOperation({
      method: 'PUT',
      path: computePath('cluster-5'),
      apiVersion,
      body: cluster,
    });
    emulator.clock.advance('31s');
    await operation.poll();
    await expect(operation.result()).resolves.toMatchObject({ name: 'cluster-5' });
    const seen = emulator.requests
      .filter((one) => one.path.includes('cluster-5'))
      .map(({ method }) => method);
    expect(seen.slice(0, 3)).toEqual(['PUT', 'GET', 'PUT']);
    expect(countOf('PUT')).toBe(2);
  });

  it.each(['reset', 'status'] as const)(
    'that is a POST is not doubled where its answer is lost: %s',
    async (how) => {
      emulator.faults.add({
        match: { path: '**/computes/*/stop', method: 'POST' },
        times: 1,
        do: how === 'reset' ? { reset: true } : { status: 504, body: {} },
      });
      const stop = client.startOperation({ method: 'POST', path: `${computePath('cpu')}/stop`, apiVersion });
      await expect(stop).rejects.toMatchObject({
        code: how === 'reset' ? 'AML_NETWORK' : 'AML_SERVICE_UNAVAILABLE',
        remedy: expect.stringMatching(/.+/) as string,
      });
      expect(countOf('POST')).toBe(1);
    },
  );

  it('whose first answer was lost is found by reading the resource, and written once', async () => {
    emulator.faults.add({ match: { path: '**/computes/**', method: 'PUT' }, times: 1, do: { reset: true } });
    const operation = await client.startOperation({
      method: 'PUT',
      path: computePath('cluster-3'),
      apiVersion,
      body: cluster,
      retry: 'never',
    });
    expect(operation.toJSON()).toMatchObject({ style: 'resource' });
    emulator.clock.advance('31s');
    await operation.poll();
    await expect(operation.result()).resolves.toMatchObject({ name: 'cluster-3' });
    expect(countOf('PUT')).toBe(1);
  });

  it('gets no token at a foreign address', async () => {
    emulator.faults.add({
      match: { path: '**/computes/**', method: 'PUT' },
      do: { headers: { 'azure-asyncoperation': 'https://evil.example/operation' } },
    });
    const request = { method: 'PUT', path: computePath('cluster-4'), apiVersion, body: cluster } as const;
    await expect(client.startOperation(request)).rejects.toMatchObject({ code: 'AML_UNTRUSTED_HOST' });
  });
});
