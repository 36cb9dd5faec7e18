import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@aml-auth/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSender } from '../../../src/lib/http/sender.js';
import { hurriedClock } from '../../support/hurried-clock.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let answers: Answer[];
let asked: number;
let url: string;
let stop: () => Promise<void>;

beforeEach(async () => {
  answers = [];
  asked = 0;
  const server = createServer((request, response) => {
    (answers[asked] ?? answers.at(-1))?.(request, response);
    asked += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterEach(() => stop());

const status =
  (code: number, headers: Record<string, string> = {}, body = '{}'): Answer =>
  (_request, response) =>
    void response.writeHead(code, headers).end(body);

function send(waits: number[] = [], signal = new AbortController().signal) {
  const sender = createSender({ clock: hurriedClock(waits), limitMs: 60_000, signal });
  return sender({ method: 'POST', url, headers: { 'content-type': 'text/plain' }, body: 'secret' });
}

describe('a sender', () => {
  it('gives status, headers and text', async () => {
    answers = [status(200, { 'x-ms-request-id': 'r' }, '{"a":1}')];
    const reply = await send();
    expect([reply.status, reply.text, reply.headers.get('x-ms-request-id')]).toEqual([200, '{"a":1}', 'r']);
  });

  it('waits out an outage with growing delays', async () => {
    answers = [status(503), status(500), status(502), status(200)];
    const waits: number[] = [];
    expect((await send(waits)).status).toBe(200);
    expect(waits).toHaveLength(3);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(250 * 2 ** index);
      expect(wait).toBeLessThan(500 * 2 ** index);
    }
  });

  it('never waits less than Retry-After', async () => {
    answers = [status(429, { 'retry-after': '7' }), status(200)];
    const waits: number[] = [];
    await send(waits);
    expect(waits).toEqual([7000]);
  });

  it.each(['99999', '100000000000'])(
    'gives up at once when Retry-After %s is beyond the time limit',
    async (value) => {
      answers = [status(429, { 'retry-after': value }), status(200)];
      expect((await send()).status).toBe(429);
      expect(asked).toBe(1);
    },
  );

  it.each([
    ['fails', 503, 6],
    ['asks to slow down', 429, 4],
  ])('of a service that %s asks a few times at most', async (_what, code, times) => {
    answers = [status(code)];
    expect((await send()).status).toBe(code);
    expect(asked).toBe(times);
  });

  it.each([400, 401, 403])('does not repeat a refusal with status %i', async (code) => {
    answers = [status(code)];
    expect((await send()).status).toBe(code);
    expect(asked).toBe(1);
  });

  it('repeats a request whose connection was cut', async () => {
    answers = [(request) => void request.socket.destroy(), status(200)];
    expect((await send()).status).toBe(200);
    expect(asked).toBe(2);
  });

  it('does not follow a redirect with the secret', async () => {
    answers = [status(307, { location: url })];
    expect((await send()).status).toBe(307);
    expect(asked).toBe(1);
  });

  it('refuses a reply beyond a megabyte', async () => {
    answers = [status(200, {}, 'x'.repeat(2 << 20))];
    await expect(send()).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID' });
  });

  it('ends a request that never answers, at the time limit', async () => {
    answers = [() => undefined];
    const sender = createSender({ clock: systemClock, limitMs: 30, signal: new AbortController().signal });
    await expect(sender({ method: 'GET', url, headers: {} })).rejects.toMatchObject({
      code: 'AML_TIMEOUT',
      retryable: true,
    });
  });

  it('ends a reply that drips, at the time limit', async () => {
    answers = [(_request, response) => void response.writeHead(200).write('{')];
    const sender = createSender({ clock: systemClock, limitMs: 50, signal: new AbortController().signal });
    await expect(sender({ method: 'GET', url, headers: {} })).rejects.toMatchObject({ code: 'AML_TIMEOUT' });
  });

  it('stops when it is cancelled, in a request or between two', async () => {
    const controller = new AbortController();
    answers = [
      () => {
        controller.abort();
      },
    ];
    await expect(send([], controller.signal)).rejects.toMatchObject({ code: 'AML_CANCELLED' });

    const between = new AbortController();
    answers = [status(503)];
    const sender = createSender({ clock: systemClock, limitMs: 60_000, signal: between.signal });
    const call = sender({ method: 'GET', url, headers: {} });
    setImmediate(() => {
      between.abort();
    });
    await expect(call).rejects.toMatchObject({ code: 'AML_CANCELLED' });
  });

  it('names the reason when nobody listens', async () => {
    await stop();
    stop = () => Promise.resolve();
    await expect(send()).rejects.toMatchObject({
      code: 'AML_NETWORK',
      message: expect.stringMatching(
        /^127\.0\.0\.1:\d+ could not be reached: nothing listens on that port/,
      ) as string,
    });
  });
});
