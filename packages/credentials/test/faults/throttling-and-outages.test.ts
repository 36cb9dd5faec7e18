import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { publicCloud, type Credential } from '@aml-auth/core';
import { fromClientSecret, fromManagedIdentity } from '@aml-auth/credentials';
import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { bundledScript } from '../support/bundled-script.js';
import { failureOf } from '../support/outcome.js';
import { runScript } from '../support/run-script.js';
import { settle } from '../support/settle.js';
import { grant, outage, status, tokenService } from '../support/token-service.js';

const ARM = 'https://management.azure.com/.default';
const ID = '11111111-1111-4111-8111-111111111111';

describe('throttling (429)', () => {
  it('is waited out for as long as the service says, once for all callers', async () => {
    const { clock, credential, requests } = tokenService((n) =>
      n === 1 ? status(429, {}, { 'retry-after': '2' }) : grant(),
    );
    const callers = Array.from({ length: 25 }, () => credential.getToken(ARM));
    const { value } = await settle(clock, Promise.all(callers));
    expect(new Set(value?.map(({ token }) => token)).size).toBe(1);
    expect(requests).toHaveLength(2);
    expect((requests[1] ?? 0) - (requests[0] ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  it('without a time is repeated with growing waits, a few times', async () => {
    const { clock, credential, requests } = tokenService(() => status(429));
    const { error } = await settle(clock, credential.getToken(ARM));
    expect(error).toMatchObject({ code: 'AML_THROTTLED', retryable: true });
    expect(requests).toHaveLength(4);
    const waits = requests.slice(1).map((at, index) => at - (requests[index] ?? 0));
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  });

  it('for an absurd time is told to the caller at once', async () => {
    const { clock, credential, requests } = tokenService(() => status(429, {}, { 'retry-after': '86400' }));
    const { error, ms } = await settle(clock, credential.getToken(ARM));
    expect(error).toMatchObject({ code: 'AML_THROTTLED', retryAfterMs: 86_400_000 });
    expect([requests.length, ms]).toEqual([1, 0]);
  });
});

describe('an outage of the service', () => {
  it.each([500, 502, 503, 504])('with status %i that lasts a second goes unnoticed', async (code) => {
    const { clock, credential } = tokenService((_n, at) => (at < 1_000 ? status(code) : grant()));
    expect((await settle(clock, credential.getToken(ARM))).value?.tokenType).toBe('Bearer');
  });

  it('that lasts ten seconds goes unnoticed too, with few requests', async () => {
    const codes = [500, 502, 503, 504];
    const { clock, credential, requests } = tokenService((n, at) =>
      at < 10_000 ? status(codes[n % 4] ?? 500) : grant(),
    );
    const callers = Array.from({ length: 20 }, () => credential.getToken(ARM));
    const { value } = await settle(clock, Promise.all(callers));
    expect(new Set(value?.map(({ token }) => token)).size).toBe(1);
    expect(requests.length).toBeLessThanOrEqual(6);
  });

  it('that lasts longer is a retryable error, and over for whoever calls again', async () => {
    const { clock, credential } = tokenService((_n, at) => (at < 40_000 ? status(503) : grant()));
    let calls = 0;
    let token: string | undefined;
    while (token === undefined) {
      calls += 1;
      const { value, error } = await settle(clock, credential.getToken(ARM));
      token = value?.token;
      if (token === undefined)
        expect(error).toMatchObject({ code: 'AML_SERVICE_UNAVAILABLE', retryable: true });
    }
    expect(calls).toBeLessThan(6);
  });

  it('is met with waits that differ from one client to the next', async () => {
    const firstWaits = new Set<number>();
    for (let client = 0; client < 12; client += 1) {
      const { clock, credential, requests } = tokenService(() => status(503));
      await settle(clock, credential.getToken(ARM));
      firstWaits.add((requests[1] ?? 0) - (requests[0] ?? 0));
      expect(clock.pending).toBe(0);
    }
    expect(firstWaits.size).toBeGreaterThan(1);
  });

  it('in which every second request fails is not noticed by callers', async () => {
    const { clock, credential, requests } = tokenService((n) => (n % 2 === 1 ? status(503) : grant()));
    const first = await settle(
      clock,
      Promise.all(Array.from({ length: 100 }, () => credential.getToken(ARM))),
    );
    expect(first.error).toBeUndefined();
    clock.advance(49 * 60_000);
    let failed = 0;
    const calls: Promise<unknown>[] = [];
    // A hundred calls a second for a minute, in which the token is due for a refresh.
    for (let call = 0; call < 6_000; call += 1) {
      clock.advance(10);
      calls.push(credential.getToken(ARM).catch(() => (failed += 1)));
      if (call % 20 === 0) await new Promise(setImmediate);
    }
    await settle(clock, Promise.all(calls));
    expect(failed).toBe(0);
    // Two tokens, each at the second attempt.
    expect(requests).toHaveLength(4);
  });

  it('goes unnoticed while the token is valid, with few attempts to refresh it', async () => {
    const { clock, credential, requests } = tokenService((n) => (n === 1 ? grant() : outage('ECONNREFUSED')));
    const first = await settle(clock, credential.getToken(ARM));
    const begun = clock.monotonic();
    clock.advance(44 * 60_000);
    while (clock.monotonic() - begun < 3_590_000) {
      clock.advance(500);
      const { value } = await settle(clock, credential.getToken(ARM));
      expect(value?.token).toBe(first.value?.token);
    }
    // Each refresh is a few attempts within seconds; the next one begins ten seconds after.
    const refreshes = requests.slice(1).filter((at, index, all) => at - (all[index - 1] ?? 0) >= 3_000);
    expect(refreshes.length).toBeGreaterThan(4);
    // It is due for a quarter of an hour at most.
    expect(refreshes.length).toBeLessThanOrEqual(900 / 10);
    clock.advance(20_000);
    const { error } = await settle(clock, credential.getToken(ARM));
    expect(error).toMatchObject({ code: 'AML_NETWORK' });
  });
});

describe('a refusal', () => {
  it.each([
    ['of the secret', 401, { error: 'invalid_client', error_codes: [7000215] }, 'AML_CREDENTIAL_REJECTED'],
    ['of the grant', 400, { error: 'invalid_grant', error_codes: [50057] }, 'AML_CREDENTIAL_REJECTED'],
    [
      'for want of consent',
      400,
      { error: 'invalid_grant', error_codes: [65001] },
      'AML_INTERACTION_REQUIRED',
    ],
  ])('%s is not repeated, and not asked for again for a while', async (_what, code, body, expected) => {
    const { clock, credential, requests } = tokenService(() => status(code, body));
    expect((await settle(clock, credential.getToken(ARM))).error).toMatchObject({ code: expected });
    expect(requests).toHaveLength(1);
    for (let call = 0; call < 20; call += 1) {
      expect((await settle(clock, credential.getToken(ARM))).error).toMatchObject({ code: expected });
    }
    expect(requests).toHaveLength(1);
    clock.advance(30_000);
    await settle(clock, credential.getToken(ARM));
    expect(requests.length).toBeGreaterThan(1);
  });
});

/** A head, and then a byte at a time without end. */
function drips(socket: Socket): void {
  socket.once('data', () => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n{');
    const timer = setInterval(() => socket.write(' '), 20);
    socket.on('close', () => clearInterval(timer));
  });
}

describe('a host that does not answer', () => {
  /** A server that takes connections and says nothing; tells when a connection has ended. */
  async function silence(
    greet: (socket: Socket) => void = () => undefined,
  ): Promise<{ port: number; ended: Promise<void>; close: () => void }> {
    const sockets = new Set<Socket>();
    let whenEnded: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (whenEnded = resolve));
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', whenEnded);
      // The end of a connection is seen by whoever reads it.
      socket.resume();
      greet(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return {
      port: (server.address() as AddressInfo).port,
      ended,
      close: () => {
        for (const socket of sockets) socket.destroy();
        server.close();
      },
    };
  }

  // The connection itself ends when the connecting of `fetch` does, ten seconds later.
  it('in the TLS handshake is left at the time limit', async () => {
    const { port, close } = await silence();
    const cloud = { ...publicCloud, authorityHost: `https://127.0.0.1:${port}` };
    const credential = fromClientSecret({
      tenantId: ID,
      clientId: ID,
      clientSecret: 's',
      cloud,
      timeLimitMs: 200,
    });
    expect((await failureOf(() => credential.getToken(ARM))).code).toBe('AML_TIMEOUT');
    close();
  });

  it('after the request is left at the time limit, with its connection', async () => {
    const { port, ended, close } = await silence();
    const env = { IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/token`, IDENTITY_HEADER: 'h' };
    const credential = fromManagedIdentity({ env, timeLimitMs: 200 });
    expect((await failureOf(() => credential.getToken(ARM))).code).toBe('AML_TIMEOUT');
    await ended;
    close();
  });

  it('in the TLS handshake, before its headers or in the body holds up no process for good', async () => {
    const servers = await Promise.all([silence(), silence(), silence(drips)]);
    const [tls, headers, drip] = servers.map(({ port }) => port);
    const script = await bundledScript(new URL('children/hung-hosts.ts', import.meta.url));
    // Comes back when the process has ended by itself, with exit code 0.
    const told = await runScript(script.url, { tls, headers, drip });
    expect(told).toEqual({ codes: ['AML_TIMEOUT', 'AML_TIMEOUT', 'AML_TIMEOUT'], timers: 0 });
    await Promise.all(servers.map(({ ended }) => ended));
    for (const { close } of servers) close();
    await script.remove();
  });

  it('when connecting is left at the time limit, and leaves no timer behind', async () => {
    const { clock, credential } = tokenService(() => grant(), {
      fetch: (_input, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        }),
    });
    const { error, ms } = await settle(clock, credential.getToken(ARM));
    expect(error).toMatchObject({ code: 'AML_TIMEOUT' });
    expect(ms).toBe(60_000);
    expect(clock.pending).toBe(0);
  });
});

describe('the network', () => {
  it.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', 'ECONNREFUSED'])(
    'that heals after %s is asked once more, unseen',
    async (code) => {
      const { clock, credential, requests } = tokenService((n) => (n === 1 ? outage(code) : grant()));
      expect((await settle(clock, credential.getToken(ARM))).value?.tokenType).toBe('Bearer');
      expect(requests).toHaveLength(2);
    },
  );

  it('that cut a kept connection is asked once more, unseen', async () => {
    let requests = 0;
    const server: Server = createServer((request, response) => {
      requests += 1;
      if (requests === 2) {
        request.socket.destroy();
        return;
      }
      const body = { access_token: new UnsecuredJWT({ appid: ID }).encode(), expires_in: '3600' };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const env = { IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/token`, IDENTITY_HEADER: 'h' };
    const credential: Credential = fromManagedIdentity({ env });
    await credential.getToken(ARM);
    expect((await credential.getToken('https://ml.azure.com/.default')).tokenType).toBe('Bearer');
    expect(requests).toBe(3);
    server.closeAllConnections();
    server.close();
  });
});
