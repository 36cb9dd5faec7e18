import { describe, expect, test } from 'vitest';

import { callAdmin } from '../support/admin.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();
const FREEZE = { action: 'freeze' };

describe('a web page of another origin', () => {
  test.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    // Another port of this machine is the same site and another origin.
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'http://localhost:1' }],
    [{ origin: 'null' }],
  ])('%j cannot read, nor change anything', async (headers) => {
    for (const [route, body] of [
      ['GET requests', undefined],
      ['GET requests/stream', undefined],
      ['GET snapshot', undefined],
      ['POST clock', FREEZE],
      ['DELETE faults', undefined],
      ['POST device-codes/ABC', FREEZE],
    ] as const) {
      const { status } = await callAdmin(emulated(), route, body, headers);
      expect([route, status]).toEqual([route, 403]);
    }
    expect(emulated().clock.state.mode).toBe('real');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'cannot send %s, which needs no question before',
    async (type) => {
      const { status } = await callAdmin(emulated(), 'POST clock', FREEZE, { 'content-type': type });
      expect(status).toBe(415);
      expect(emulated().clock.state.mode).toBe('real');
    },
  );

  test('gets no leave to send JSON', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const answer = await callAdmin(emulated(), 'OPTIONS clock', undefined, headers);
    expect(answer.status).toBe(403);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('cannot come under a name of its own that leads here', async () => {
    const url = `http://evil.example:${emulated().port}/_emu/api/state`;
    const { createConnection } = await import('node:net');
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = createConnection({ port: emulated().port, host: '127.0.0.1' });
      let text = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      socket.once('error', reject).once('close', () => resolve(text));
      socket.write(`GET /_emu/api/state HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: close\r\n\r\n`);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
  });
});

describe('the page of the emulator', () => {
  test.each([{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, {}])(
    '%j may do everything',
    async (headers) => {
      const own = { ...headers, origin: emulated().origin };
      expect((await callAdmin(emulated(), 'POST clock', { action: 'resume' }, own)).status).toBe(200);
    },
  );

  test('is served over http as well, where no certificate stands in the way', async () => {
    const origin = `http://localhost:${emulated().port}`;
    const page = await emulated().fetch(`${origin}/_emu/`);
    expect(page.status).toBe(200);
    const answer = await emulated().fetch(`${origin}/_emu/api/clock`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'resume' }),
    });
    expect(answer.status).toBe(200);
  });

  test('opens from a link of another site, and cannot be framed', async () => {
    const page = await emulated().fetch(`${emulated().origin}/_emu/`, {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    });
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.headers.get('x-frame-options')).toBe('DENY');
  });
});

describe('the files of the page', () => {
  test('every file that another one names is there, with its type', async () => {
    const get = async (name: string) => {
      const response = await emulated().fetch(`${emulated().origin}/_emu/${name}`);
      expect([name, response.status]).toEqual([name, 200]);
      return { text: await response.text(), type: response.headers.get('content-type') };
    };
    const seen = new Set<string>();
    const follow = async (name: string): Promise<void> => {
      if (seen.has(name)) return;
      seen.add(name);
      const { text, type } = await get(name);
      if (name.endsWith('.js')) expect(type).toMatch(/^text\/javascript/);
      const names = [...text.matchAll(/(?:href|src)="\/_emu\/([\w.-]+)"|from '\.\/([\w.-]+)'/g)];
      for (const [, link, module] of names) await follow(link ?? module ?? '');
    };
    await follow('');
    expect(seen).toContain('inspector.css');
    expect(seen).toContain('format.js');
  });

  test('load nothing from elsewhere', async () => {
    for (const name of ['', 'inspector.css', 'main.js']) {
      const text = await (await emulated().fetch(`${emulated().origin}/_emu/${name}`)).text();
      expect(text).not.toMatch(/(?:href|src)="(?:https?:)?\/\/|url\(|@import|import\('http/);
    }
  });

  test.each(['nothing.js', '..%2f..%2fpackage.json', 'inspector.css/x', '%2e%2e'])(
    '%s is none',
    async (name) => {
      const { status } = await emulated().fetch(`${emulated().origin}/_emu/${name}`);
      expect([400, 404]).toContain(status);
    },
  );
});
