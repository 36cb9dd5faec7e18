import { once } from 'node:events';
import { createArmClient, type ArmClientOptions, type ArmRequest } from '@aml-auth/rest';
import { AmlAuthError, publicCloud, type Cloud, type Credential, type LogEvent } from '@aml-auth/core';
import { manualClock, type ManualClock } from '@aml-auth/core/testing';
import { describe, expect, it } from 'vitest';
import { clientOf, countingCredential, loopbackArm } from './loopback-arm.js';

const GET: ArmRequest = { method: 'GET', path: '/subscriptions/x', apiVersion: '2022-12-01' };

/** Lets the client go on until it waits for the clock, which is told by its log. */
function retryLog(clock: ManualClock) {
  const events: LogEvent[] = [];
  const controller = new EventTarget();
  const note = (event: LogEvent): void => {
    events.push(event);
    if (event.event === 'arm.retry') queueMicrotask(() => controller.dispatchEvent(new Event('retry')));
  };
  return {
    events,
    logger: { debug: note, info: note, warn: note, error: note },
    /** The delay of the next retry; the clock has moved past it. */
    async passNext(): Promise<number> {
      await once(controller, 'retry');
      const delay = events.filter(({ event }) => event === 'arm.retry').at(-1)?.['delayMs'] as number;
      clock.advance(delay + 1);
      return delay;
    },
  };
}

describe('request', () => {
  it('sends a JSON body to the encoded path and reads the JSON reply', async () => {
    const arm = await loopbackArm(() => ({
      status: 201,
      headers: { 'x-ms-request-id': 'r-1' },
      body: { name: 'b' },
    }));
    const { client } = clientOf(arm);
    const reply = await client.request({
      method: 'PUT',
      path: '/subscriptions/s/resourceGroups/grüße (a)',
      apiVersion: '2026-09-01',
      query: { $top: 5, deep: true, left: undefined },
      body: { a: 1 },
    });
    expect(reply).toMatchObject({ status: 201, body: { name: 'b' }, correlation: { requestId: 'r-1' } });
    expect(arm.seen[0]).toMatchObject({
      method: 'PUT',
      host: 'management.azure.com',
      url: '/subscriptions/s/resourceGroups/gr%C3%BC%C3%9Fe%20(a)?api-version=2026-09-01&%24top=5&deep=true',
      body: '{"a":1}',
    });
    expect(reply.correlation.clientRequestId).toBe(arm.seen[0]?.headers['x-ms-client-request-id']);
    expect(reply.correlation.correlationId).toBe(arm.seen[0]?.headers['x-ms-correlation-request-id']);
  });

  it('reads an empty reply as undefined', async () => {
    const arm = await loopbackArm(() => ({ status: 204 }));
    const { client } = clientOf(arm);
    await expect(client.request({ ...GET, method: 'DELETE' })).resolves.toMatchObject({ body: undefined });
  });

  it('refuses a page of a proxy with status 200', async () => {
    const arm = await loopbackArm(() => ({ body: '<html>Sign in to the network</html>' }));
    const { client } = clientOf(arm);
    await expect(client.request(GET)).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID', status: 200 });
  });

  it.each(['?a=b', '2026', '2026-09-01&x=y', ''])('refuses the api-version %j', async (apiVersion) => {
    const { client, credential } = clientOf(await loopbackArm(() => ({})));
    await expect(client.request({ ...GET, apiVersion })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
    expect(credential.asked).toEqual([]);
  });

  it('repeats a GET after 503, not before the time that the service asks for, with a new request id', async () => {
    const clock = manualClock();
    const log = retryLog(clock);
    const arm = await loopbackArm((_request, index) =>
      index === 0 ? { status: 503, headers: { 'retry-after': '7' } } : { body: { ok: true } },
    );
    const { client } = clientOf(arm, { clock, logger: log.logger });
    const pending = client.request(GET);
    expect(await log.passNext()).toBe(7_750);
    await expect(pending).resolves.toMatchObject({ body: { ok: true } });
    const [first, second] = arm.seen.map(({ headers }) => headers);
    expect(first?.['x-ms-client-request-id']).not.toBe(second?.['x-ms-client-request-id']);
    expect(first?.['x-ms-correlation-request-id']).toBe(second?.['x-ms-correlation-request-id']);
    expect(clock.pending).toBe(0);
  });

  it('gives the answer to a write although the logger fails', async () => {
    const fail = (): never => {
      throw new Error('The log is full.');
    };
    const arm = await loopbackArm(() => ({ status: 201, body: { made: true } }));
    const { client } = clientOf(arm, { logger: { debug: fail, info: fail, warn: fail, error: fail } });
    await expect(client.request({ ...GET, method: 'PUT', body: {} })).resolves.toMatchObject({
      body: { made: true },
    });
    expect(arm.seen).toHaveLength(1);
  });

  it('understands x-ms-retry-after-ms', async () => {
    const clock = manualClock();
    const log = retryLog(clock);
    const arm = await loopbackArm((_request, index) =>
      index === 0 ? { status: 429, headers: { 'x-ms-retry-after-ms': '5' } } : { body: {} },
    );
    const { client } = clientOf(arm, { clock, logger: log.logger });
    const pending = client.request(GET);
    expect(await log.passNext()).toBe(755);
    await pending;
  });

  it('gives up at once where the wait does not fit into the time limit', async () => {
    const clock = manualClock();
    const arm = await loopbackArm(() => ({ status: 429, headers: { 'retry-after': '86400' } }));
    const { client } = clientOf(arm, { clock });
    await expect(client.request(GET)).rejects.toMatchObject({
      code: 'AML_THROTTLED',
      retryAfterMs: 86_400_000,
    });
    expect(arm.seen).toHaveLength(1);
  });

  it('does not repeat a POST, and repeats it where the caller says that it is safe', async () => {
    const clock = manualClock();
    const log = retryLog(clock);
    const arm = await loopbackArm(() => ({ status: 503 }));
    const { client } = clientOf(arm, { clock, logger: log.logger });
    const post: ArmRequest = { ...GET, method: 'POST', body: { a: 1 } };
    await expect(client.request(post)).rejects.toMatchObject({ code: 'AML_SERVICE_UNAVAILABLE' });
    expect(arm.seen).toHaveLength(1);

    const outcome = client.request({ ...post, retry: 'always' }).catch((error: unknown) => error);
    for (let retry = 1; retry <= 5; retry += 1) await log.passNext();
    expect(await outcome).toMatchObject({ code: 'AML_SERVICE_UNAVAILABLE', status: 503 });
    expect(arm.seen).toHaveLength(7);
    expect(arm.seen.every(({ body }) => body === '{"a":1}')).toBe(true);
  });

  it('repeats after a connection that broke', async () => {
    const clock = manualClock();
    const log = retryLog(clock);
    const arm = await loopbackArm((_request, index) => (index === 0 ? { reset: true } : { body: {} }));
    const { client } = clientOf(arm, { clock, logger: log.logger });
    const pending = client.request(GET);
    await log.passNext();
    await pending;
    expect(log.events.find(({ event }) => event === 'arm.retry')).toMatchObject({ code: 'AML_NETWORK' });
  });

  it('does not repeat what a credential gave up', async () => {
    const arm = await loopbackArm(() => ({}));
    const asked: unknown[] = [];
    const credential: Credential = {
      ...countingCredential(),
      getToken: (scopes) => {
        asked.push(scopes);
        return Promise.reject(new AmlAuthError({ code: 'AML_NETWORK', message: 'Sign-in is down.' }));
      },
    };
    const { client } = clientOf(arm, { credential });
    await expect(client.request(GET)).rejects.toMatchObject({ message: 'Sign-in is down.' });
    expect(asked).toHaveLength(1);
  });

  it('stops a PUT that hangs, and does not run a second one beside it', async () => {
    const clock = manualClock();
    const arm = await loopbackArm(() => ({ hang: true }));
    const { client } = clientOf(arm, { clock });
    const pending = client.request({ ...GET, method: 'PUT', body: {} });
    await arm.arrived(1);
    clock.advance(65_000);
    await expect(pending).rejects.toMatchObject({
      code: 'AML_TIMEOUT',
      remedy: expect.stringContaining('Read the resource') as string,
      correlation: { clientRequestId: arm.seen[0]?.headers['x-ms-client-request-id'] },
    });
    expect(arm.seen).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('stops a reply that never ends', async () => {
    const clock = manualClock();
    const arm = await loopbackArm(() => ({ partial: '{"value":[' }));
    const replied = new EventTarget();
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const response = await arm.fetch(input, init);
      queueMicrotask(() => replied.dispatchEvent(new Event('reply')));
      return response;
    };
    const { client } = clientOf(arm, { clock, fetch, timeLimits: { attemptMs: 1_000 } });
    const pending = client.request({ ...GET, retry: 'never' });
    await once(replied, 'reply');
    clock.advance(1_000);
    await expect(pending).rejects.toMatchObject({ code: 'AML_TIMEOUT' });
  });

  it('counts all attempts against the time limit of the call', async () => {
    const clock = manualClock();
    const log = retryLog(clock);
    const arm = await loopbackArm(() => ({ hang: true }));
    const { client } = clientOf(arm, { clock, logger: log.logger, timeLimits: { totalMs: 100_000 } });
    const outcome = client.request(GET).catch((error: unknown) => error);
    await arm.arrived(1);
    const retried = log.passNext();
    clock.advance(65_000);
    await retried;
    await arm.arrived(2);
    clock.advance(40_000);
    expect(await outcome).toMatchObject({ code: 'AML_TIMEOUT' });
    expect(arm.seen).toHaveLength(2);
  });

  it('refuses a body that is no JSON, and sends nothing', async () => {
    const arm = await loopbackArm(() => ({}));
    const { client, credential } = clientOf(arm);
    for (const body of [1n, Object.assign({}, { self: [] as unknown[] })]) {
      if (typeof body === 'object') body.self.push(body);
      await expect(client.request({ ...GET, method: 'PUT', body })).rejects.toMatchObject({
        code: 'AML_CONFIG_INVALID',
      });
    }
    expect(credential.asked).toEqual([]);
  });

  it('gives a report with the ids and the request, whether an answer came or not', async () => {
    const arm = await loopbackArm((_request, index) =>
      index === 0 ? { reset: true } : { status: 403, headers: { 'x-ms-request-id': 'r-9' }, body: {} },
    );
    const { client } = clientOf(arm);
    const reportOf = (): Promise<string> =>
      client.request({ ...GET, query: { $filter: 'private' }, retry: 'never' }).then(
        () => '',
        (error: unknown) => (error as AmlAuthError).toReport(),
      );
    for (const [code, id] of [
      ['AML_NETWORK', 'client id'],
      ['AML_FORBIDDEN', 'request id      r-9'],
    ] as const) {
      const report = await reportOf();
      expect(report).toContain(code);
      expect(report).toContain(id);
      expect(report).toContain("curl -X GET 'https://management.azure.com/subscriptions/x?");
      expect(report).toContain(arm.seen.at(-1)?.headers['x-ms-client-request-id']);
      expect(report).not.toMatch(/private|the-secret-token/);
    }
  });

  it('is cancelled during the request', async () => {
    const arm = await loopbackArm(() => ({ hang: true }));
    const { client } = clientOf(arm);
    const controller = new AbortController();
    const pending = client.request({ ...GET, signal: controller.signal });
    await arm.arrived(1);
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'AML_CANCELLED' });
  });

  it('is cancelled during the wait before a retry, and leaves no timer', async () => {
    const clock = manualClock();
    const controller = new AbortController();
    const arm = await loopbackArm(() => ({ status: 503 }));
    const note = ({ event }: LogEvent): void => {
      if (event === 'arm.retry') queueMicrotask(() => controller.abort());
    };
    const logger = { debug: note, info: note, warn: note, error: note };
    const { client } = clientOf(arm, { clock, logger });
    await expect(client.request({ ...GET, signal: controller.signal })).rejects.toMatchObject({
      code: 'AML_CANCELLED',
    });
    expect(arm.seen).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('asks for nothing when it was cancelled before', async () => {
    const { client, credential } = clientOf(await loopbackArm(() => ({})));
    await expect(client.request({ ...GET, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'AML_CANCELLED',
    });
    expect(credential.asked).toEqual([]);
  });

  it('refuses a redirect and sends nothing to its target', async () => {
    const arm = await loopbackArm(() => ({ status: 302, headers: { location: 'https://evil.example/' } }));
    const { client } = clientOf(arm);
    await expect(client.request(GET)).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID', status: 302 });
    expect(arm.seen.map(({ host }) => host)).toEqual(['management.azure.com']);
  });
});

describe('createArmClient', () => {
  const credential = countingCredential();
  const cloudAt = (endpoint: string): Cloud => ({
    ...publicCloud,
    resourceManager: { endpoint, audience: 'https://management.azure.com' },
  });

  it.each<Partial<ArmClientOptions>>([
    { timeLimits: { attemptMs: 0 } },
    { timeLimits: { totalMs: Number.NaN } },
    { timeLimits: { totalMs: Number.POSITIVE_INFINITY } },
    { cloud: cloudAt('http://management.azure.com') },
    { cloud: cloudAt('management.azure.com') },
  ])('refuses the options %j', (options) => {
    expect(() => createArmClient({ credential, ...options })).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error,
    );
  });

  it('takes an endpoint with a slash at its end', async () => {
    const arm = await loopbackArm(() => ({ body: {} }));
    const { client } = clientOf(arm, { cloud: cloudAt('https://management.azure.com/') });
    await client.request(GET);
    expect(arm.seen[0]?.url).toBe('/subscriptions/x?api-version=2022-12-01');
  });
});
