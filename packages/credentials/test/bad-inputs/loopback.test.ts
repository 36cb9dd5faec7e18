import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { manualClock } from '@aml-auth/core/testing';
import { fromBrowser, fromDeviceCode } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindLoopback } from '../../src/browser/bind-loopback.js';
import { deliver } from '../support/browser-stand-in.js';
import { eagerClock } from '../support/eager-clock.js';
import { failureOf } from '../support/outcome.js';

const ARM = 'https://management.azure.com/.default';
const UPN = 'alice@contoso';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: { tenants: [{ name: 'contoso', users: [{ upn: UPN, password: 'Pa55w0rd!' }] }] },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

/** Signs in while somebody else does something to the listener first. */
async function signInDespite(disturb: (redirectUri: string, url: URL) => Promise<unknown>): Promise<string> {
  const credential = fromBrowser({
    cloud: emulator.cloud,
    async openBrowser(address) {
      const url = new URL(address);
      await disturb(url.searchParams.get('redirect_uri') ?? '', url);
      await deliver(await emulator.signIn({ upn: UPN, url: address }));
    },
  });
  return (await credential.getToken(ARM)).tokenType;
}
const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });

describe('a sign-in in the browser goes on', () => {
  it.each<[string, (redirectUri: string, url: URL) => Promise<unknown>]>([
    ['a wrong state', (uri) => fetch(uri, form({ code: 'c', state: 'guessed' }))],
    ['a missing state', (uri) => fetch(uri, form({ code: 'c' }))],
    [
      'a state that is there twice',
      (uri, { searchParams }) => {
        const state = searchParams.get('state') ?? '';
        return fetch(uri, {
          method: 'POST',
          body: new URLSearchParams([
            ['code', 'c'],
            ['state', state],
            ['state', 'x'],
          ]),
        });
      },
    ],
    ['a code in the address, with a guessed state', (uri) => fetch(`${uri}/?code=c&state=guessed`)],
    ['a name that was bound to this address', (uri) => rawRequest(uri, 'evil.example')],
    [
      'the icon, and what browsers fetch ahead',
      (uri) => Promise.all([fetch(`${uri}/favicon.ico`), fetch(uri)]),
    ],
    ['ten megabytes', (uri) => fetch(uri, form({ code: 'c'.repeat(10_000_000) })).catch(() => undefined)],
    [
      'an error with a script, from somebody else',
      (uri) => fetch(uri, form({ error: 'x', error_description: '<script>' })),
    ],
    [
      'a connection that sends nothing',
      async (uri) => {
        const socket = connect(Number(new URL(uri).port), '127.0.0.1');
        socket.on('error', () => undefined);
        await once(socket, 'connect');
      },
    ],
  ])('after %s', async (_what, disturb) => {
    expect(await signInDespite(disturb)).toBe('Bearer');
  });
});

describe('a sign-in in the browser', () => {
  it('ends once, with the first of two answers at the same time', async () => {
    const credential = fromBrowser({
      cloud: emulator.cloud,
      async openBrowser(url) {
        const result = await emulator.signIn({ upn: UPN, url });
        const pages = await Promise.all([deliver(result), deliver(result).catch(() => undefined)]);
        expect(pages.filter((page) => page?.status === 200)).toHaveLength(1);
      },
    });
    expect((await credential.getToken(ARM)).tokenType).toBe('Bearer');
  });

  it('is possible on a machine that has only ::1', async () => {
    const bound: string[] = [];
    const servers: Server[] = [];
    const port = await bindLoopback({ hostname: 'localhost', port: 0, path: '/' }, () => {
      const server = createServer();
      const listen = server.listen.bind(server) as (options: { host: string }) => typeof server;
      server.listen = ((options: { host: string }) => {
        if (options.host !== '::1') {
          const error = Object.assign(new Error('no such address'), { code: 'EADDRNOTAVAIL' });
          queueMicrotask(() => server.emit('error', error));
          return server;
        }
        bound.push(options.host);
        return listen(options);
      }) as typeof server.listen;
      servers.push(server);
      return server;
    });
    expect(port).toBeGreaterThan(0);
    expect(bound).toEqual(['::1']);
    for (const server of servers) server.close();
  });
});

describe('a device code', () => {
  it('outlasts being told to slow down many times', async () => {
    const clock = eagerClock();
    let polls = 0;
    let code = '';
    const credential = fromDeviceCode({
      cloud: emulator.cloud,
      clock,
      onPrompt: ({ userCode }) => {
        code = userCode;
      },
      fetch: (input, init) => {
        if (code !== '') {
          polls += 1;
          if (polls <= 6) emulator.slowDownDeviceCode(code);
          else emulator.approveDeviceCode(code, UPN);
        }
        return clock.fetch(input, init);
      },
    });
    expect((await credential.getToken(ARM)).tokenType).toBe('Bearer');
    expect(clock.waits).toEqual([5, 10, 15, 20, 25, 30, 35].map((seconds) => seconds * 1000));
  });

  it('ends by the clock that does not jump', async () => {
    const clock = manualClock(Date.now());
    let asked = 0;
    const credential = fromDeviceCode({
      cloud: emulator.cloud,
      clock,
      onPrompt: () => {
        // A year ahead and back again: neither is time that has passed.
        clock.setWallTime(clock.now() + 365 * 86_400_000);
      },
      fetch: async (input, init) => {
        asked += 1;
        const reply = await emulator.fetch(input, init);
        setImmediate(() => clock.advance(5_000));
        return reply;
      },
    });
    const error = await failureOf(() => credential.getToken(ARM));
    expect(error.code).toBe('AML_TIMEOUT');
    // As often as the interval fits into the life of the code.
    expect(asked).toBeGreaterThan(100);
  });
});

async function rawRequest(uri: string, host: string): Promise<void> {
  const socket = connect(Number(new URL(uri).port), '127.0.0.1');
  await once(socket, 'connect');
  const body = 'code=c&state=x';
  socket.write(
    `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const [reply] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(reply.toString()).toMatch(/^HTTP\/1\.1 421 /);
}
