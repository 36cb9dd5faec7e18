import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listenForAnswer, type LoopbackListener } from '../../src/browser/loopback-listener.js';
import { parseRedirectTarget } from '../../src/browser/redirect-target.js';

const state = 's'.repeat(43);
let listener: LoopbackListener | undefined;
afterEach(() => listener?.close());

async function listen(redirectUri = 'http://localhost'): Promise<LoopbackListener> {
  listener = await listenForAnswer(parseRedirectTarget(redirectUri), state);
  return listener;
}

const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});
const pending = async (answer: Promise<unknown>): Promise<boolean> =>
  (await Promise.race([answer, Promise.resolve('pending')])) === 'pending';

describe('a listener for the answer of the browser', () => {
  it('listens at every address that localhost means, and no other', async () => {
    const { redirectUri } = await listen();
    const { port } = new URL(redirectUri);
    const statusAt = async (hostname: string): Promise<number | undefined> => {
      const outgoing = request({ host: hostname, port, headers: { host: `localhost:${port}` } });
      outgoing.end();
      const [reply] = (await once(outgoing, 'response')) as [IncomingMessage];
      reply.resume();
      return reply.statusCode;
    };
    expect([await statusAt('127.0.0.1'), await statusAt('::1')]).toEqual([400, 400]);
  });

  it('shows the page that the sign-in chooses, with headers that let nothing else in', async () => {
    const { redirectUri, answer } = await listen();
    const reply = fetch(redirectUri, form({ code: 'c', state }));
    const { fields, show } = await answer;
    expect(fields.get('code')).toBe('c');
    await show('signedIn');
    const page = await reply;
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await page.text()).toContain('You are signed in');
  });

  it('goes on waiting after what is not the answer', async () => {
    const { redirectUri, answer } = await listen();
    const statuses = [];
    for (const [url, init] of [
      [redirectUri, form({ code: 'c', state: 'wrong' })],
      [redirectUri, form({ code: 'c' })],
      [`${redirectUri}/favicon.ico`, {}],
      [`${redirectUri}/?code=c&state=x`, {}],
      [redirectUri, { method: 'OPTIONS' }],
      [redirectUri, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }],
    ] as const) {
      const page = await fetch(url, init);
      statuses.push(page.status);
      expect(await page.text()).toContain('Nothing to see here');
    }
    expect(statuses).toEqual([400, 400, 404, 400, 405, 415]);
    expect(await pending(answer)).toBe(true);
  });

  it('refuses the answer in the address', async () => {
    const { redirectUri, answer } = await listen();
    const page = await fetch(`${redirectUri}/?code=c&state=${state}`);
    expect(page.status).toBe(400);
    await expect(answer).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID' });
  });

  it('takes the first of two answers', async () => {
    const { redirectUri, answer } = await listen();
    const replies = ['1', '2'].map((code) => fetch(redirectUri, form({ code, state })));
    const { fields, show } = await answer;
    const late = await Promise.race(replies);
    expect(late.status).toBe(410);
    await show('signedIn');
    expect((await Promise.all(replies)).map(({ status }) => status).sort()).toEqual([200, 410]);
    expect(['1', '2']).toContain(fields.get('code'));
  });

  it('reads no more of a form than a code has', async () => {
    const { redirectUri, answer } = await listen();
    const body = new URLSearchParams({ state, code: 'c'.repeat(10_000_000) });
    // The connection may be cut while the rest is still on its way.
    const status = await fetch(redirectUri, { method: 'POST', body }).then(
      (page) => page.status,
      () => 'cut',
    );
    expect([413, 'cut']).toContain(status);
    expect(await pending(answer)).toBe(true);
  });

  it('ends connections that send nothing when it closes', async () => {
    const { redirectUri, close } = await listen();
    const socket = connect(Number(new URL(redirectUri).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    close();
    await once(socket, 'close');
  });

  it('names a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(listen(`http://localhost:${port}`)).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
      message: `Port ${port} cannot be listened on for the answer of the browser (EADDRINUSE).`,
    });
    other.close();
  });

  it('lets nobody have the other half of localhost', async () => {
    const other = createServer().listen(0, '::1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(listen(`http://localhost:${port}`)).rejects.toMatchObject({ code: 'AML_UNAVAILABLE' });
    // What was bound before the other half was found taken is free again.
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
    other.close();
  });

  it.each(['http://127.0.0.1', 'http://[::1]'])(
    'listens at %s alone where that is registered',
    async (uri) => {
      const { redirectUri } = await listen(uri);
      expect(redirectUri).toMatch(new RegExp(`^${uri.replaceAll(/[.[\]]/g, String.raw`\$&`)}:\\d+$`));
      expect((await fetch(redirectUri)).status).toBe(400);
    },
  );
});
