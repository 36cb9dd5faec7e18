import { manualClock } from '@aml-auth/core/testing';
import type { OperationProgress } from '@aml-auth/rest';
import { describe, expect, it } from 'vitest';
import { clientOf, loopbackArm, type Answer } from '../loopback-arm.js';

const ARM = 'https://management.azure.com';
const WRITE = {
  method: 'PUT',
  path: '/subscriptions/s/x',
  apiVersion: '2026-09-01',
  body: { a: 1 },
} as const;
const statusUrl = (step: number): string => `${ARM}/operations/o?step=${String(step)}`;

/** Answers the first request with `first`, and then one after the other. */
const inOrder =
  (...answers: Answer[]) =>
  (_request: unknown, index: number): Answer =>
    answers[index] ?? { status: 500 };

describe('startOperation', () => {
  it('follows Azure-AsyncOperation, by the latest URL, and reads the resource at the end', async () => {
    const clock = manualClock();
    const arm = await loopbackArm(
      inOrder(
        {
          status: 201,
          headers: { 'azure-asyncoperation': statusUrl(1), location: `${ARM}/l`, 'retry-after': '0' },
          body: {},
        },
        {
          headers: { 'azure-asyncoperation': statusUrl(2), 'retry-after': '15' },
          body: { status: 'InProgress', percentComplete: 40 },
        },
        { body: { status: 'Succeeded' } },
        { body: { name: 'x' } },
      ),
    );
    const { client } = clientOf(arm, { clock });
    const operation = await client.startOperation(WRITE);
    const seen: OperationProgress[] = [];
    const result = operation.result({ onProgress: (progress) => seen.push(progress) });
    clock.advance(0);
    await expect.poll(() => seen.length).toBe(1);
    clock.advance(14_999);
    expect(arm.seen).toHaveLength(2);
    clock.advance(1);
    await expect(result).resolves.toEqual({ name: 'x' });
    expect(arm.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT /subscriptions/s/x?api-version=2026-09-01',
      'GET /operations/o?step=1',
      'GET /operations/o?step=2',
      'GET /subscriptions/s/x?api-version=2026-09-01',
    ]);
    expect(new Set(arm.seen.map(({ headers }) => headers['x-ms-correlation-request-id'])).size).toBe(1);
    expect(seen).toEqual([
      { status: 'Running', state: 'InProgress', percentComplete: 40 },
      { status: 'Succeeded', state: 'Succeeded' },
    ]);
    expect(clock.pending).toBe(0);
  });

  it('is cancelled by the request that its start named, once, also by its handle; a signal cancels nothing', async () => {
    const arm = await loopbackArm(({ method, url }) => {
      if (method === 'PUT')
        return { status: 201, headers: { 'azure-asyncoperation': statusUrl(1) }, body: {} };
      if (url.includes('/cancel')) return { status: 202 };
      return {
        body: { status: arm.seen.some((one) => one.url.includes('/cancel')) ? 'Canceled' : 'Running' },
      };
    });
    const cancelBy = { method: 'POST', path: '/subscriptions/s/x/cancel', apiVersion: '2026-09-01' } as const;
    const { client } = clientOf(arm);
    const started = await client.startOperation({ ...WRITE, cancelBy });
    await expect(started.result({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'AML_CANCELLED',
    });
    expect(arm.seen.map(({ method }) => method)).toEqual(['PUT']);
    const resumed = client.resumeOperation(JSON.parse(JSON.stringify(started)));
    await resumed.cancel();
    await resumed.poll();
    await expect(resumed.result()).rejects.toMatchObject({ code: 'AML_CONFLICT' });
    expect(arm.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT /subscriptions/s/x?api-version=2026-09-01',
      'POST /subscriptions/s/x/cancel?api-version=2026-09-01',
      'GET /operations/o?step=1',
    ]);
    await expect(resumed.cancel()).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });

  it('cannot be cancelled where no request was named, or by a handle that names another host', async () => {
    const arm = await loopbackArm(() => ({
      status: 201,
      headers: { 'azure-asyncoperation': statusUrl(1) },
      body: {},
    }));
    const { client } = clientOf(arm);
    const operation = await client.startOperation(WRITE);
    await expect(operation.cancel()).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    const forged = { ...operation.toJSON(), cancelBy: { method: 'POST', url: 'https://evil.example/x' } };
    expect(() => client.resumeOperation(forged)).toThrow(
      expect.objectContaining({ code: 'AML_UNTRUSTED_HOST' }) as Error,
    );
    expect(arm.seen).toHaveLength(1);
  });

  it('is done at once where Azure answers at once', async () => {
    const arm = await loopbackArm(() => ({ body: { properties: { provisioningState: 'Succeeded' } } }));
    const operation = await clientOf(arm).client.startOperation(WRITE);
    expect(operation.toJSON()).toBeUndefined();
    await expect(operation.result()).resolves.toMatchObject({ properties: {} });
    expect(arm.seen).toHaveLength(1);
  });

  it('follows the operation that an endpoint of Azure ML names in its body', async () => {
    const properties = {
      provisioningState: 'Creating',
      properties: { AzureAsyncOperationUri: statusUrl(1) },
    };
    const arm = await loopbackArm(
      inOrder({ status: 200, body: { properties } }, { body: { status: 'Canceled' } }),
    );
    const operation = await clientOf(arm).client.startOperation(WRITE);
    await expect(operation.poll()).resolves.toMatchObject({ status: 'Canceled' });
    await expect(operation.result()).rejects.toMatchObject({ code: 'AML_CONFLICT', name: 'AmlAuthError' });
  });

  it.each(['azure-asyncoperation', 'location'])('sends no token to a foreign %s', async (header) => {
    for (const url of ['https://evil.example/o', 'http://management.azure.com/o', '//evil.example/o']) {
      const arm = await loopbackArm(() => ({ status: 202, headers: { [header]: url } }));
      const { client, credential } = clientOf(arm);
      await expect(client.startOperation(WRITE)).rejects.toMatchObject({ code: 'AML_UNTRUSTED_HOST' });
      expect(credential.asked).toHaveLength(1);
    }
  });

  it('sends no token to a foreign URL that a poll names', async () => {
    const arm = await loopbackArm(
      inOrder(
        { status: 202, headers: { location: `${ARM}/l` } },
        { status: 202, headers: { location: 'https://evil.example/l' } },
      ),
    );
    const { client, credential } = clientOf(arm);
    const operation = await client.startOperation(WRITE);
    await expect(operation.poll()).rejects.toMatchObject({ code: 'AML_UNTRUSTED_HOST' });
    expect(credential.asked).toHaveLength(2);
  });

  it('takes a status that cannot be read for no failure of the operation', async () => {
    const arm = await loopbackArm(
      inOrder(
        { status: 202, headers: { 'azure-asyncoperation': statusUrl(1) } },
        { status: 404, body: { error: { code: 'OperationNotFound' } } },
        { body: { status: 'Failed', error: { code: 'QuotaExceeded', message: 'No cores left.' } } },
      ),
    );
    const operation = await clientOf(arm).client.startOperation({ ...WRITE, method: 'POST' });
    await expect(operation.poll()).rejects.toMatchObject({ code: 'AML_NOT_FOUND' });
    expect(operation.progress.status).toBe('Running');
    await operation.poll();
    await expect(operation.result()).rejects.toMatchObject({
      code: 'AML_REQUEST_REJECTED',
      armCode: 'QuotaExceeded',
      message: expect.stringContaining('No cores left.') as string,
    });
  });

  it('ends the waiting, and not the operation, by signal and by time limit', async () => {
    const clock = manualClock();
    const arm = await loopbackArm(
      inOrder({ status: 202, headers: { location: `${ARM}/l`, 'retry-after': '10' } }, { status: 204 }),
    );
    const { client } = clientOf(arm, { clock });
    const operation = await client.startOperation({ ...WRITE, method: 'DELETE' });
    await expect(operation.result({ timeLimitMs: 5_000 })).rejects.toMatchObject({ code: 'AML_TIMEOUT' });
    const controller = new AbortController();
    const waiting = operation.result({ signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'AML_CANCELLED', name: 'AbortError' });
    expect(arm.seen).toHaveLength(1);
    await operation.poll();
    await expect(operation.result()).resolves.toBeUndefined();
    expect(clock.pending).toBe(0);
  });
});

describe('a write that may have been carried out', () => {
  const open: readonly [string, Answer][] = [
    ['504', { status: 504 }],
    ['a broken connection', { reset: true }],
  ];

  it.each(open)('and was, counts as done after %s', async (_how, lost) => {
    const arm = await loopbackArm(({ method }) => (method === 'PUT' ? lost : { body: { a: 1, b: 2 } }));
    const { client } = clientOf(arm);
    const operation = await client.startOperation({ ...WRITE, retry: 'never' });
    await expect(operation.result()).resolves.toEqual({ a: 1, b: 2 });
    expect(arm.seen.map(({ method }) => method)).toEqual(['PUT', 'GET']);
  });

  it.each(open)('and was not, is sent once more after %s', async (_how, lost) => {
    const arm = await loopbackArm(inOrder(lost, { status: 404 }, { status: 201, body: { a: 1 } }));
    const { client } = clientOf(arm);
    const operation = await client.startOperation({ ...WRITE, retry: 'never' });
    await expect(operation.result()).resolves.toEqual({ a: 1 });
    expect(arm.seen.map(({ method }) => method)).toEqual(['PUT', 'GET', 'PUT']);
  });

  it('meets another one at work and leaves it alone', async () => {
    const found = { a: 2, properties: { provisioningState: 'Updating' } };
    const arm = await loopbackArm(inOrder({ status: 504 }, { body: found }));
    await expect(clientOf(arm).client.startOperation(WRITE)).rejects.toMatchObject({ status: 504 });
    expect(arm.seen).toHaveLength(2);
  });

  it('is done where a DELETE finds nothing', async () => {
    const arm = await loopbackArm(inOrder({ status: 504 }, { status: 404 }));
    const operation = await clientOf(arm).client.startOperation({ ...WRITE, method: 'DELETE' });
    await expect(operation.result()).resolves.toBeUndefined();
    expect(arm.seen.map(({ method }) => method)).toEqual(['DELETE', 'GET']);
  });

  it.each(['POST', 'PATCH'] as const)('is never doubled: a %s', async (method) => {
    for (const [, lost] of open) {
      const arm = await loopbackArm(() => lost);
      await expect(clientOf(arm).client.startOperation({ ...WRITE, method })).rejects.toBeInstanceOf(Error);
      expect(arm.seen).toHaveLength(1);
    }
  });
});

describe('resumeOperation', () => {
  const handle = {
    version: 1,
    method: 'PUT',
    resourceUrl: `${ARM}/subscriptions/s/x?api-version=2026-09-01`,
    style: 'status',
    pollUrl: statusUrl(1),
    correlationId: '00000000-0000-4000-8000-000000000001',
  };

  it.each([
    undefined,
    'text',
    {},
    { ...handle, version: 2 },
    { ...handle, method: 'GET' },
    { ...handle, correlationId: 'x\r\ny' },
  ])('refuses the handle %j', async (value) => {
    const { client } = clientOf(await loopbackArm(() => ({})));
    expect(() => client.resumeOperation(value)).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error,
    );
  });

  it.each(['resourceUrl', 'pollUrl', 'resultUrl'])(
    'refuses a handle whose %s leads elsewhere',
    async (field) => {
      const { client } = clientOf(await loopbackArm(() => ({})));
      expect(() => client.resumeOperation({ ...handle, [field]: 'https://evil.example/' })).toThrow(
        expect.objectContaining({ code: 'AML_UNTRUSTED_HOST' }) as Error,
      );
    },
  );

  it('goes on under the correlation id of the first request', async () => {
    const arm = await loopbackArm(inOrder({ body: { status: 'Succeeded' } }, { body: { name: 'x' } }));
    const { client } = clientOf(arm);
    const stored = JSON.stringify(client.resumeOperation(handle));
    await expect(client.resumeOperation(JSON.parse(stored)).result()).resolves.toEqual({ name: 'x' });
    for (const { headers } of arm.seen) {
      expect(headers['x-ms-correlation-request-id']).toBe(handle.correlationId);
    }
  });
});
