import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, test } from 'vitest';

import { links, seedWithDependents } from '../support/dependents.js';
import { callArm, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const clock = manualClock(Date.UTC(2026, 10, 22, 9));
const emulated = withEmulator({
  clock,
  seed: {
    ...seedWithDependents,
    operations: { duration: '30s' },
    roleAssignments: [
      ...seedWithDependents.roleAssignments!,
      { principal: 'app:trainer', role: 'Contributor', scope: '/dev/rg-ml2' },
    ],
  },
});

const subscription = (): string => `/subscriptions/${emulated().subscription('dev').id}`;
const workspace = (name: string): string =>
  `${subscription()}/resourceGroups/rg-ml2/providers/Microsoft.MachineLearningServices/workspaces/${name}`;
const as = (app: string, path: string, method = 'GET', body?: unknown): Promise<ArmAnswer> =>
  callArm(emulated(), app, path, { method, body });
const create = (name = 'fresh', app = 'trainer'): Promise<ArmAnswer> =>
  as(app, workspace(name), 'PUT', { location: 'westeurope', properties: links(emulated()) });
const locationOf = ({ headers }: ArmAnswer): string => headers.get('location') ?? '';
const statusUrl = (location: string): string =>
  location.replace('/workspaceOperationResults/', '/workspaceOperationsStatus/');

describe('an operation that is followed by its location', () => {
  test('answers 202 until the clock has come to its end, then with the resource', async () => {
    const started = await create();
    expect(started.status).toBe(202);
    expect(started.body).toBeUndefined();
    expect(started.headers.get('retry-after')).toBe('15');
    const first = locationOf(started);
    expect(new URL(first).pathname).toMatch(
      /^\/subscriptions\/[\da-f-]{36}\/providers\/Microsoft\.MachineLearningServices\/locations\/westeurope\/workspaceOperationResults\/[\da-f-]{36}$/,
    );
    expect(first.length).toBeGreaterThan(1_000);

    clock.advance(20_000);
    const running = await as('trainer', first);
    expect(running.status).toBe(202);
    expect(running.headers.get('retry-after')).toBe('10');
    const second = locationOf(running);
    expect(second).not.toBe(first);
    expect(new URL(second).pathname).toBe(new URL(first).pathname);

    clock.advance(10_000);
    const done = await as('trainer', second);
    expect(done).toMatchObject({
      status: 200,
      body: { id: workspace('fresh'), properties: { provisioningState: 'Succeeded' } },
    });
    expect(done.headers.has('location')).toBe(false);
  });

  test('the resource says what is going on', async () => {
    await create();
    expect(await as('trainer', workspace('fresh'))).toMatchObject({
      status: 200,
      body: { properties: { provisioningState: 'Creating' } },
    });
    clock.advance(30_000);
    expect(await as('trainer', workspace('fresh'))).toMatchObject({
      body: { properties: { provisioningState: 'Succeeded' } },
    });
    await as('trainer', workspace('fresh'), 'DELETE');
    expect(await as('trainer', workspace('fresh'))).toMatchObject({
      body: { properties: { provisioningState: 'Deleting' } },
    });
    clock.advance(29_999);
    expect(emulated().workspace('fresh').name).toBe('fresh');
    clock.advance(1);
    expect(() => emulated().workspace('fresh')).toThrow(/no workspace fresh/);
    expect((await as('trainer', workspace('fresh'))).status).toBe(404);
  });

  test('another change has to wait', async () => {
    await create();
    expect(await as('trainer', workspace('FRESH'), 'DELETE')).toMatchObject({
      status: 409,
      code: 'AnotherOperationInProgress',
    });
    expect((await create('another')).status).toBe(202);
  });
});

describe('the status document', () => {
  test('has a share of the way, and the end', async () => {
    const url = statusUrl(locationOf(await create()));
    clock.advance(15_000);
    const running = await as('trainer', url);
    expect(running).toMatchObject({
      status: 200,
      body: { status: 'InProgress', percentComplete: 50, id: new URL(url).pathname },
    });
    expect(running.body).not.toHaveProperty('endTime');
    expect(running.headers.get('azure-asyncoperation')).toContain(new URL(url).pathname);
    clock.advance(60_000);
    const done = await as('trainer', url);
    expect(done.body).toMatchObject({ status: 'Succeeded', percentComplete: 100 });
    const { startTime, endTime } = done.body as unknown as Record<string, string>;
    expect(Date.parse(endTime!) - Date.parse(startTime!)).toBe(30_000);
  });

  test('who started it may read it; others need the right to', async () => {
    const url = locationOf(await create('fresh', 'trainer'));
    const own = await as('trainer', url);
    expect(own.headers.get('x-emu-decision')).toBe('allow; the caller may read its own');
    expect((await as('auditor', url)).status).toBe(202);

    const byAdmin = locationOf(await create('another', 'platform-admin'));
    const refused = await as('trainer', byAdmin);
    expect(refused).toMatchObject({ status: 403, code: 'AuthorizationFailed' });
    expect(refused.body.error.message).toContain(
      "'Microsoft.MachineLearningServices/locations/workspaceOperationResults/read'",
    );
  });

  test.each([
    ['of another kind', (url: string) => url.replace('workspaceOperationResults', 'mfeOperationsStatus')],
    [
      'that never was',
      (url: string) => url.replace(/[\da-f-]{36}\?/, '00000000-0000-4000-8000-000000000000?'),
    ],
  ])('one %s is not found', async (_, change) => {
    const url = change(locationOf(await create()));
    expect(await as('auditor', url)).toMatchObject({ status: 404, code: 'OperationNotFound' });
  });

  test('it is forgotten after a day, unless it tells why its resource failed', async () => {
    const url = locationOf(await create());
    emulated().failNextOperation();
    const failed = locationOf(await create('failed'));
    clock.advance(30_000);
    await as('auditor', url);
    clock.advance(86_400_000);
    await create('later');
    clock.advance(30_000);
    expect((await as('auditor', url)).status).toBe(404);
    expect((await as('auditor', failed)).code).toBe('OperationFailed');
    expect(await as('auditor', workspace('fresh'))).toMatchObject({
      body: { properties: { provisioningState: 'Succeeded' } },
    });
  });
});

describe('an operation that does not succeed', () => {
  test('is the next one that matches, and leaves its resource failed', async () => {
    emulated().failNextOperation({
      resource: 'microsoft.machinelearningservices/workspaces',
      code: 'QuotaExceeded',
      message: 'There are too many.',
    });
    const location = locationOf(await create());
    clock.advance(30_000);
    expect(await as('trainer', location)).toMatchObject({ status: 400, code: 'QuotaExceeded' });
    expect(await as('trainer', statusUrl(location))).toMatchObject({
      status: 200,
      body: { status: 'Failed', error: { code: 'QuotaExceeded', message: 'There are too many.' } },
    });
    expect(await as('trainer', workspace('fresh'))).toMatchObject({
      body: { properties: { provisioningState: 'Failed' } },
    });
    // It counts once.
    await create();
    clock.advance(30_000);
    expect(await as('trainer', workspace('fresh'))).toMatchObject({
      body: { properties: { provisioningState: 'Succeeded' } },
    });
  });

  test('can be cancelled, and what was to be deleted stays', async () => {
    await create();
    clock.advance(30_000);
    emulated().failNextOperation({ resource: workspace('FRESH'), outcome: 'Canceled' });
    const location = locationOf(await as('trainer', workspace('fresh'), 'DELETE'));
    clock.advance(30_000);
    expect(await as('trainer', location)).toMatchObject({ status: 409, code: 'OperationCanceled' });
    expect(await as('trainer', statusUrl(location))).toMatchObject({ body: { status: 'Canceled' } });
    expect(emulated().workspace('fresh').name).toBe('fresh');
  });

  test('one of another resource is not touched', async () => {
    emulated().failNextOperation({ resource: 'Microsoft.Compute/virtualMachines' });
    const location = locationOf(await create());
    clock.advance(30_000);
    expect((await as('trainer', location)).status).toBe(200);
  });
});

test('operations survive a snapshot', async () => {
  const location = locationOf(await create());
  const snapshot = emulated().snapshot();
  clock.advance(30_000);
  expect((await as('trainer', location)).status).toBe(200);
  emulated().restore(snapshot);
  clock.advance(-30_000);
  expect((await as('trainer', location)).status).toBe(202);
  clock.advance(30_000);
  expect((await as('trainer', location)).status).toBe(200);
});
