import { createAccessToken, publicCloud, type Credential } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { createSender, type SenderOptions } from '@aml-auth/rest';
import { describe, expect, it } from 'vitest';

const GRAPH = 'https://graph.microsoft.com/v1.0';
const asked: string[] = [];
const credential: Credential = {
  describe: () => ({ method: 'test' }),
  getToken(scopes) {
    asked.push(String(scopes));
    return Promise.resolve(createAccessToken({ token: 'a-token', expiresOnTimestamp: 4e12 }));
  },
};

function sender(answers: readonly Response[], more: Partial<SenderOptions> = {}) {
  const seen: Request[] = [];
  const send: typeof fetch = (input, init) => {
    seen.push(new Request(input, init));
    return Promise.resolve(answers[seen.length - 1] ?? new Response(null, { status: 204 }));
  };
  const request = createSender({ credential, service: 'graph', cloud: publicCloud, fetch: send, ...more });
  return { request, seen };
}

describe('createSender', () => {
  it('sends a token of the service, the headers of the caller, and JSON', async () => {
    const { request, seen } = sender([Response.json({ id: 1 }, { headers: { 'request-id': 'r-1' } })]);
    const headers = { prefer: 'create-if-missing', authorization: 'Bearer of-the-caller' };
    const reply = await request({ method: 'PATCH', url: `${GRAPH}/x`, headers, body: { a: 1 } });
    expect(reply).toMatchObject({ status: 200, body: { id: 1 }, correlation: { requestId: 'r-1' } });
    expect(asked.at(-1)).toBe('https://graph.microsoft.com/.default');
    expect(seen[0]!.headers.get('prefer')).toBe('create-if-missing');
    expect(seen[0]!.headers.get('authorization')).toBe('Bearer a-token');
    expect(seen[0]!.headers.get('client-request-id')).toBe(reply.correlation.clientRequestId);
    expect(await seen[0]!.text()).toBe('{"a":1}');
  });

  it('refuses a host of another service before it asks for a token', async () => {
    const { request, seen } = sender([]);
    const before = asked.length;
    const foreign = request({ method: 'GET', url: 'https://management.azure.com/v1.0/x' });
    await expect(foreign).rejects.toMatchObject({ code: 'AML_UNTRUSTED_HOST' });
    expect([seen.length, asked.length - before]).toEqual([0, 0]);
  });

  it('waits as long as a 429 says, and logs under the name of the service', async () => {
    const clock = manualClock();
    const waits: number[] = [];
    const schedule: typeof clock.schedule = (ms, run) => {
      if (ms < 60_000) {
        waits.push(ms);
        queueMicrotask(run);
      }
      return () => undefined;
    };
    const events: unknown[] = [];
    const log = (event: { event: string }): void => void events.push(event.event);
    const throttled = new Response('{}', { status: 429, headers: { 'retry-after': '7' } });
    const { request, seen } = sender([throttled, Response.json({})], {
      clock: { ...clock, schedule },
      random: () => 0,
      logger: { debug: log, info: log, warn: log, error: log },
    });
    const reply = await request({ method: 'GET', url: `${GRAPH}/x` });
    expect([reply.status, seen.length, waits]).toEqual([200, 2, [7_500]]);
    expect(events).toEqual(['graph.response', 'graph.retry', 'graph.response']);
  });

  it('tells what Microsoft Graph refuses, and what to do about it', async () => {
    const error = { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' };
    const { request } = sender([Response.json({ error }, { status: 403, headers: { 'request-id': 'r-2' } })]);
    await expect(request({ method: 'GET', url: `${GRAPH}/x` })).rejects.toMatchObject({
      code: 'AML_FORBIDDEN',
      armCode: 'Authorization_RequestDenied',
      correlation: { requestId: 'r-2' },
      remedy: expect.stringContaining('permission of Microsoft Graph') as string,
    });
  });

  it('refuses a bad time limit when it is made', () => {
    expect(() => sender([], { timeLimits: { totalMs: 0 } })).toThrow(/timeLimits.totalMs/);
  });
});
