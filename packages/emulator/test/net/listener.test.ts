import { connect } from 'node:net';
import { request as httpRequest } from 'node:http';
import { connect as tlsConnect } from 'node:tls';

import { startEmulator } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { secretForm } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();
const METADATA = '/metadata/endpoints?api-version=2022-09-01';

/** Sends bytes as they are and collects what comes back until the connection ends. */
function raw(text: string, options: { tls?: boolean; host?: string; head?: string } = {}): Promise<string> {
  const { port, ca } = emulated();
  const { host = '127.0.0.1' } = options;
  return new Promise((resolve, reject) => {
    const socket =
      options.tls === true
        ? tlsConnect({ host, port, ca, servername: 'localhost' })
        : connect({ host, port });
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.once('error', reject).once('close', () => resolve(answer));
    socket.write(text);
  });
}

const errorCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';
const lines = (...text: string[]): string => `${text.join('\r\n')}\r\n\r\n`;
const host = (): string => `localhost:${emulated().port}`;

describe('one port', () => {
  test('speaks http', async () => {
    const answer = await raw(lines(`GET ${METADATA} HTTP/1.1`, `Host: ${host()}`, 'Connection: close'));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test('speaks https', async () => {
    const text = lines(`GET ${METADATA} HTTP/1.1`, `Host: ${host()}`, 'Connection: close');
    expect(await raw(text, { tls: true })).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test.each([false, true])('keeps a connection for minutes, as Azure does (TLS: %s)', async (tls) => {
    const get = (...more: string[]): string => lines(`GET ${METADATA} HTTP/1.1`, `Host: ${host()}`, ...more);
    const answer = await raw(get() + get('Connection: close'), { tls });
    expect(answer.match(/^Keep-Alive: .*$/gim)).toEqual(['Keep-Alive: timeout=120']);
  });

  test('answers on ::1 too, where the machine has it', async ({ skip }) => {
    const text = lines(`GET ${METADATA} HTTP/1.1`, `Host: [::1]:${emulated().port}`, 'Connection: close');
    const answer = await raw(text, { host: '::1' }).catch(errorCode);
    if (/EADDRNOTAVAIL|EAFNOSUPPORT|ECONNREFUSED/.test(answer)) skip('the machine has no ::1');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test('ignores Upgrade: h2c, which the JDK sends, and reads the body all the same', async () => {
    const form = new URLSearchParams(secretForm(emulated(), 'trainer')).toString();
    const answer = await raw(
      lines(
        `POST /${emulated().tenant().id}/oauth2/v2.0/token HTTP/1.1`,
        `Host: ${host()}`,
        'Connection: Upgrade, HTTP2-Settings, close',
        'Upgrade: h2c',
        'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${form.length}`,
      ) + form,
      { tls: true },
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('"access_token"');
  });

  test('accepts a request in absolute form as a proxy gets it, and an https one as https', async () => {
    const form = new URLSearchParams(secretForm(emulated(), 'trainer')).toString();
    const answer = await raw(
      lines(
        `POST https://${host()}/${emulated().tenant().id}/oauth2/v2.0/token HTTP/1.1`,
        'Host: proxy.example',
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${form.length}`,
        'Connection: close',
      ) + form,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('"access_token"');
  });

  test('refuses a request in absolute form for another host', async () => {
    const answer = await raw(
      lines('GET http://example.org/ HTTP/1.1', 'Host: example.org', 'Connection: close'),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
  });

  test('refuses CONNECT to another host with 502', async () => {
    const answer = await raw(
      lines('CONNECT login.microsoftonline.com:443 HTTP/1.1', 'Host: login.microsoftonline.com'),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
  });

  test('leads CONNECT to itself, with TLS inside', async () => {
    const { port, ca } = emulated();
    const answer = await new Promise<string>((resolve, reject) => {
      httpRequest({ host: '127.0.0.1', port, method: 'CONNECT', path: host(), agent: false })
        .once('error', reject)
        .once('connect', (_response, socket) => {
          const secure = tlsConnect({ socket, ca, servername: 'localhost' });
          let text = '';
          secure.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          secure.once('error', reject).once('close', () => resolve(text));
          secure.write(lines(`GET ${METADATA} HTTP/1.1`, `Host: ${host()}`, 'Connection: close'));
        })
        .end();
    });
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});

describe('what does not fit', () => {
  test('http where https is required is refused with a hint', async () => {
    const answer = await raw(lines('GET /subscriptions HTTP/1.1', `Host: ${host()}`, 'Connection: close'));
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain(
      `Use https://${host()}/subscriptions and trust the emulator's certificate authority`,
    );
  });

  test('a page of another site cannot reach it under its own name', async () => {
    const text = lines(
      'GET /subscriptions HTTP/1.1',
      `Host: rebound.example:${emulated().port}`,
      'Connection: close',
    );
    expect(await raw(text, { tls: true })).toMatch(/^HTTP\/1\.1 421 /);
  });

  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'a bad escape',
      lines('GET /subscriptions/%zz HTTP/1.1', 'Host: @', 'Connection: close'),
      /^HTTP\/1\.1 400 /,
    ],
    ['an escaped slash', lines('GET /a%2fb HTTP/1.1', 'Host: @', 'Connection: close'), /^HTTP\/1\.1 400 /],
    ['an asterisk', lines('OPTIONS * HTTP/1.1', 'Host: @', 'Connection: close'), /^HTTP\/1\.1 400 /],
    ['a host that is none', lines('GET / HTTP/1.1', 'Host: a b', 'Connection: close'), /^HTTP\/1\.1 400 /],
    ['a forbidden method', lines('TRACE / HTTP/1.1', 'Host: @', 'Connection: close'), /^HTTP\/1\.1 400 /],
    [
      'a URL with a user name',
      lines('GET http://u:p@x/ HTTP/1.1', 'Host: @', 'Connection: close'),
      /^HTTP\/1\.1 4\d\d /,
    ],
    [
      'an unknown path',
      lines('GET /a/b/c HTTP/1.1', 'Host: @', 'Connection: close'),
      /^HTTP\/1\.1 (403|404) /,
    ],
  ])('%s is answered, and the emulator lives on', async (_, text, expected) => {
    expect(await raw(text.replace('Host: @', `Host: ${host()}`))).toMatch(expected);
    expect((await emulated().fetch(`${emulated().origin}${METADATA}`)).status).toBe(200);
  });

  test('a broken TLS handshake ends that connection only', async () => {
    await raw('\x16\x03\x01\x00\x05nonsense').catch(() => '');
    expect((await emulated().fetch(`${emulated().origin}${METADATA}`)).status).toBe(200);
  });

  test('a huge body is refused', async () => {
    const length = 5 * 1024 * 1024;
    const answer = await raw(
      lines('POST /subscriptions HTTP/1.1', `Host: ${host()}`, `Content-Length: ${length}`) +
        'x'.repeat(length),
      { tls: true },
    ).catch(errorCode);
    // The rest of the body may meet a closed connection before the answer is read.
    expect(answer).toMatch(/^HTTP\/1\.1 413 |^ECONNRESET$|^EPIPE$/);
    const inProcess = await emulated().fetch(`${emulated().origin}/subscriptions`, {
      method: 'POST',
      body: 'x'.repeat(length),
    });
    expect(inProcess.status).toBe(413);
  });
});

describe('ports', () => {
  test('a port that is taken is named', async () => {
    await expect(startEmulator({ port: emulated().port })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining(String(emulated().port)) as string,
    });
  });

  test.each([-1, 65_536, 1.5, Number.NaN])('port %s is none', async (port) => {
    await expect(startEmulator({ port })).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });

  test('close ends open connections and may be called twice', async () => {
    const emulator = await startEmulator();
    const socket = connect({ host: '127.0.0.1', port: emulator.port });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('connect', resolve));
    await emulator.close();
    await closed;
    await emulator.close();
    const again = connect({ host: '127.0.0.1', port: emulator.port });
    const error = await new Promise<NodeJS.ErrnoException>((resolve) => again.once('error', resolve));
    expect(error.code).toBe('ECONNREFUSED');
  });
});
