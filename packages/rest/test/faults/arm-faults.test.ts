import { createAccessToken, type Credential } from '@aml-auth/core';
import type { ArmRequest } from '@aml-auth/rest';
import { describe, expect, it } from 'vitest';
import { clientOf, collect, loopbackArm } from '../loopback-arm.js';
import { settle, virtualArm } from '../virtual-arm.js';

const GET: ArmRequest = { method: 'GET', path: '/subscriptions/s/x', apiVersion: '2026-09-01' };
const REF = {
  subscriptionId: '00000000-0000-0000-0000-000000000003',
  resourceGroup: 'rg',
  workspaceName: 'ws1',
};
const reply = (status: number, headers: Record<string, string> = {}): Response =>
  new Response(status === 200 ? '{}' : '{"error":{"code":"Broken","message":"No."}}', { status, headers });

describe('throttling by Azure Resource Manager', () => {
  it('is waited out by all requests together, without a storm', async () => {
    const { client, clock, sentAt } = virtualArm((_n, at) =>
      at < 2_000 ? reply(429, { 'retry-after': '2' }) : reply(200),
    );
    const calls = Promise.all(Array.from({ length: 25 }, () => client.request(GET)));
    expect((await settle(clock, calls)).value).toHaveLength(25);
    expect(sentAt.length).toBeLessThanOrEqual(50);
    expect(sentAt.filter((at) => at > 0 && at < 2_000)).toEqual([]);
  });

  it('without a time is repeated with growing waits, a few times', async () => {
    const { client, clock, sentAt } = virtualArm(() => reply(429), { random: () => 0.5 });
    expect((await settle(clock, client.request(GET))).error).toMatchObject({
      code: 'AML_THROTTLED',
      retryable: true,
    });
    expect(sentAt).toHaveLength(6);
    const waits = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
    expect(waits.toSorted((a, b) => a - b)).toEqual(waits);
  });

  it('for an absurd time is told at once, and holds back what follows', async () => {
    const { client, clock, sentAt } = virtualArm(() => reply(429, { 'retry-after': '86400' }));
    const { error, ms } = await settle(clock, client.request(GET));
    expect([error?.code, error?.retryAfterMs, ms]).toEqual(['AML_THROTTLED', 86_400_000, 0]);
    expect((await settle(clock, client.request(GET))).error).toMatchObject({ code: 'AML_THROTTLED' });
    expect(sentAt).toHaveLength(1);
  });
});

describe('an outage of Azure Resource Manager', () => {
  it('that lasts ten seconds goes unnoticed, with few requests and waits that differ', async () => {
    const codes = [500, 502, 503, 504];
    const waits = new Set<number>();
    for (const random of [0, 0.5, 0.999]) {
      const { client, clock, sentAt } = virtualArm(
        (n, at) => (at < 10_000 ? reply(codes[n % 4] ?? 500) : reply(200)),
        { random: () => random },
      );
      expect((await settle(clock, client.request(GET))).value).toMatchObject({ status: 200 });
      waits.add(sentAt[1] ?? 0);
      expect(sentAt.length).toBeLessThanOrEqual(6);
    }
    expect(waits.size).toBe(3);
  });

  it('is not made worse by writes: a POST is sent once', async () => {
    const { client, clock, sentAt } = virtualArm(() => reply(503));
    await settle(
      clock,
      client.request({ ...GET, method: 'POST' }).catch(() => undefined),
    );
    expect(sentAt).toHaveLength(1);
  });

  it('in which every second request fails is not noticed by a listing of a hundred pages', async () => {
    const { client, clock, sentAt } = virtualArm((n, _at, { url }) => {
      if (n % 2 === 1) return reply(503);
      const page = Number(new URL(url).searchParams.get('$skip') ?? '0');
      const nextLink = page < 99 ? `https://management.azure.com/x?$skip=${String(page + 1)}` : null;
      return Response.json({ value: [page], nextLink });
    });
    const listing = collect(client.list({ path: '/subscriptions/s/x', apiVersion: '2026-09-01' }));
    expect((await settle(clock, listing)).value).toHaveLength(100);
    expect(sentAt).toHaveLength(200);
  });
});

describe('a request that Azure Resource Manager refuses', () => {
  it.each([400, 403, 404, 405, 409, 412, 422, 501])('with %d is sent once', async (status) => {
    const { client, clock, sentAt } = virtualArm(() => reply(status));
    const { error, ms } = await settle(clock, client.request(GET));
    expect(error).toMatchObject({ status, armCode: 'Broken' });
    expect([sentAt.length, ms]).toEqual([1, 0]);
  });
});

describe('a connection that breaks', () => {
  it.each([
    [
      'while the name is not found',
      Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } }),
    ],
    [
      'because a kept one was cut',
      Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } }),
    ],
  ])('%s is asked once more, unseen', async (_why, failure) => {
    const { client, clock, sentAt } = virtualArm((n) => (n === 1 ? failure : reply(200)));
    expect((await settle(clock, client.request(GET))).value).toMatchObject({ status: 200 });
    expect(sentAt).toHaveLength(2);
  });

  it.each([{ hang: true } as const, { partial: '{"value":[' }])(
    'or hangs (%j) is left at the time limit, and its socket is closed',
    async (answer) => {
      const arm = await loopbackArm(() => answer);
      const { client } = clientOf(arm, { timeLimits: { attemptMs: 50 } });
      await expect(client.request({ ...GET, retry: 'never' })).rejects.toMatchObject({ code: 'AML_TIMEOUT' });
      await expect.poll(() => arm.open()).toBe(0);
    },
  );
});

describe('an identity provider that fails', () => {
  it('while a token is valid is not noticed', async () => {
    let asked = 0;
    const credential: Credential = {
      getToken: () => {
        asked += 1;
        return Promise.resolve(
          createAccessToken({ token: 'still-valid', expiresOnTimestamp: Date.now() + 60_000 }),
        );
      },
      describe: () => ({ method: 'test' }),
    };
    const { client, clock } = virtualArm(() => reply(200), { credential });
    const calls = Promise.all(Array.from({ length: 100 }, () => client.request(GET)));
    expect((await settle(clock, calls)).value?.every(({ status }) => status === 200)).toBe(true);
    expect(asked).toBe(100);
  });
});

describe('a clock that is wrong', () => {
  const DAY = 86_400_000;

  it.each([-DAY, -300_000, 300_000, DAY])(
    'by %d ms does not change how long is waited until a date',
    async (skew) => {
      let service = 0;
      const { client, clock, sentAt } = virtualArm((n) => {
        const dates = {
          date: new Date(service).toUTCString(),
          'retry-after': new Date(service + 20_000).toUTCString(),
        };
        return n === 1 ? reply(503, dates) : reply(200);
      });
      service = clock.now() + skew;
      expect((await settle(clock, client.request(GET))).value).toMatchObject({ status: 200 });
      expect(sentAt[1]).toBeGreaterThanOrEqual(20_000);
      expect(sentAt[1]).toBeLessThan(22_000);
    },
  );

  it('is in the error, where the service told its own', async () => {
    let date = '';
    const { client, clock } = virtualArm(() => reply(403, { date }));
    date = new Date(clock.now() + DAY).toUTCString();
    const { error } = await settle(clock, client.request(GET));
    expect(error?.clockSkewMs).toBeGreaterThan(DAY - 2_000);
  });

  it('and jumps does not stretch or shorten a time limit', async () => {
    const arm = await loopbackArm(() => ({ hang: true }));
    const { client, clock } = virtualArm(() => reply(200), { fetch: arm.fetch });
    const pending = client.request({ ...GET, retry: 'never' }).catch((error: unknown) => error);
    await arm.arrived(1);
    clock.setWallTime(clock.now() + DAY);
    expect(clock.pending).toBe(1);
    clock.advance(65_000);
    expect(await pending).toMatchObject({ code: 'AML_TIMEOUT' });
  });
});

describe('a role that was assigned a moment ago', () => {
  it('is not there yet: the refusal says so, and is not repeated', async () => {
    const message =
      "The client 'x' with object id 'y' does not have authorization to perform action 'a/read' over scope '/s' or the scope is invalid.";
    const body = JSON.stringify({ error: { code: 'AuthorizationFailed', message } });
    const { client, clock, sentAt } = virtualArm(() => new Response(body, { status: 403 }));
    const { error } = await settle(clock, client.workspaces.get(REF));
    expect(error).toMatchObject({
      code: 'AML_FORBIDDEN',
      remedy: expect.stringContaining('wait a few minutes') as string,
    });
    expect(sentAt).toHaveLength(1);
  });
});
