import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer as createHttpServer, request, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { connect as tlsConnect, type TLSSocket } from 'node:tls';

import { createCertificateAuthority, PROXY_HOSTS, startEmulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { findVirtualHost } from '../../src/proxy/virtual-hosts.js';
import { secretForm } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ proxy: true });
const METADATA = '/metadata/endpoints?api-version=2022-09-01';
const lines = (...text: string[]): string => `${text.join('\r\n')}\r\n\r\n`;

/** The status of CONNECT and what follows it. */
async function openTunnel(
  target: string,
  port = emulated().port,
): Promise<{ status: number; socket: Socket }> {
  const asked = request({ host: '127.0.0.1', port, method: 'CONNECT', path: target, agent: false });
  asked.end();
  const [response, socket] = (await once(asked, 'connect')) as [{ statusCode: number }, Socket];
  return { status: response.statusCode, socket };
}

/** Sends bytes to the port as they are and collects what comes back. */
async function raw(text: string, port = emulated().port): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

async function secureTunnel(target: string, servername: string): Promise<TLSSocket> {
  const { socket } = await openTunnel(target);
  const secure = tlsConnect({ socket, ca: emulated().ca, servername });
  await once(secure, 'secureConnect');
  return secure;
}

describe('CONNECT to a host of Azure', () => {
  test.each([
    ...PROXY_HOSTS.filter((host) => findVirtualHost(host) !== undefined).map((host) => [`${host}:443`, host]),
    ['login.microsoftonline.com:8443', 'login.microsoftonline.com'],
    ['westeurope.login.microsoft.com:443', '*.login.microsoft.com'],
    ['scoring.westeurope.inference.ml.azure.com:443', '*.westeurope.inference.ml.azure.com'],
    ['westeurope.api.azureml.ms:443', '*.api.azureml.ms'],
  ])('%s leads to a server with a certificate for it', async (target, name) => {
    const secure = await secureTunnel(target, target.replace(/:\d+$/, ''));
    expect(secure.getPeerCertificate()).toMatchObject({ subjectaltname: `DNS:${name}` });
    secure.destroy();
  });

  test('the certificate is made once', async () => {
    const serial = async () => {
      const secure = await secureTunnel('graph.microsoft.com:443', 'graph.microsoft.com');
      const { serialNumber } = secure.getPeerCertificate();
      secure.destroy();
      return serialNumber;
    };
    expect(await serial()).toBe(await serial());
  });

  test('the service behind it answers as itself', async () => {
    const secure = await secureTunnel('management.azure.com:443', 'management.azure.com');
    let text = '';
    secure.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    secure.write(lines(`GET ${METADATA} HTTP/1.1`, 'Host: management.azure.com', 'Connection: close'));
    await once(secure, 'close');
    expect(text).toContain('"name":"AzureCloud"');
  });

  test('another host within the tunnel is not answered', async () => {
    const secure = await secureTunnel('management.azure.com:443', 'management.azure.com');
    let text = '';
    secure.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    secure.write(lines('GET / HTTP/1.1', 'Host: example.org', 'Connection: close'));
    await once(secure, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 421 /);
  });

  test('the emulator itself can be reached through the proxy with the same trust', async () => {
    const secure = await secureTunnel(`localhost:${emulated().port}`, 'localhost');
    expect(secure.getPeerCertificate().subjectaltname).toContain('DNS:localhost');
    secure.destroy();
  });
});

test('https in absolute form is taken for https, as old axios sends it to a proxy', async () => {
  const form = new URLSearchParams(secretForm(emulated(), 'trainer')).toString();
  const url = `https://login.microsoftonline.com/${emulated().tenant().id}/oauth2/v2.0/token`;
  const answer = await raw(
    lines(
      `POST ${url} HTTP/1.1`,
      'Host: login.microsoftonline.com',
      'Content-Type: application/x-www-form-urlencoded',
      `Content-Length: ${form.length}`,
      'Connection: close',
    ) + form,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).toContain('"access_token"');
});

test('the Instance Metadata Service answers through the proxy, over http', async () => {
  const answer = await raw(
    lines(
      'GET http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://ml.azure.com/ HTTP/1.1',
      'Host: 169.254.169.254',
      'Metadata: true',
      'Connection: close',
    ),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

describe('a host that is not listed', () => {
  test.each(['example.org:443', 'graph.windows.net:443', 'nonsense', '[::1]:1', 'a@b:443'])(
    'CONNECT to %s gets 502 and a text that names it',
    async (target) => {
      const answer = await raw(lines(`CONNECT ${target} HTTP/1.1`, `Host: ${target}`));
      expect(answer).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\nContent-Type: text\/plain/);
      expect(answer).toContain(`does not connect to ${target}: `);
    },
  );

  test.each(['http://example.org/', 'https://example.org/', 'http://example.org:8080/x'])(
    'a request for %s gets 502 and a text that names it',
    async (url) => {
      const answer = await raw(lines(`GET ${url} HTTP/1.1`, 'Host: example.org', 'Connection: close'));
      expect(answer).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
      expect(answer).toMatch(/does not connect to example\.org:(80|443|8080): /);
    },
  );

  test('nothing leaves loopback', async () => {
    const attempts = new Set<string>();
    const lookedUp = new Set<string>();
    const watch = (message: unknown): void => {
      const { socket } = message as { socket: Socket };
      socket.on('connectionAttempt', (address: string) => attempts.add(address));
      socket.on('lookup', (_error, _address, _family, host: string) => lookedUp.add(host));
    };
    subscribe('net.client.socket', watch);
    try {
      for (const target of ['example.org:443', '93.184.215.14:443', 'graph.windows.net:443']) {
        await raw(lines(`CONNECT ${target} HTTP/1.1`, `Host: ${target}`));
      }
      await raw(lines('GET http://example.org/ HTTP/1.1', 'Host: example.org', 'Connection: close'));
      const secure = await secureTunnel('login.microsoftonline.com:443', 'login.microsoftonline.com');
      expect([...attempts]).toEqual(['127.0.0.1']);
      expect([...lookedUp]).toEqual([]);
      secure.destroy();
    } finally {
      unsubscribe('net.client.socket', watch);
    }
  });
});

describe('the passthrough list', () => {
  let server: Server;
  let there: string;
  let proxied: Awaited<ReturnType<typeof startEmulator>>;
  beforeAll(async () => {
    server = createHttpServer((message, response) => {
      response.setHeader('connection', 'close');
      message.pipe(response.writeHead(201, { 'x-seen': JSON.stringify(message.headers) }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    there = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    proxied = await startEmulator({ proxy: true, passthrough: [there, 'localhost:1'] });
  });
  afterAll(async () => {
    await proxied.close();
    server.close();
  });

  test('CONNECT leads there', async () => {
    const { status, socket } = await openTunnel(there, proxied.port);
    expect(status).toBe(200);
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.write(lines('GET / HTTP/1.1', `Host: ${there}`));
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 201 /);
  });

  test('a request goes there with its body, and without what was meant for the proxy', async () => {
    const answer = await raw(
      lines(
        `POST http://${there}/x HTTP/1.1`,
        `Host: ${there}`,
        'Proxy-Authorization: Basic c2VjcmV0',
        'X-Kept: 1',
        'X-For-The-Proxy: 1',
        'Content-Length: 5',
        'Connection: close, X-For-The-Proxy',
      ) + 'hello',
      proxied.port,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(answer).toContain('hello');
    expect(answer).toContain('"x-kept":"1"');
    expect(answer).not.toContain('proxy-authorization');
    expect(answer).not.toContain('x-for-the-proxy');
  });

  test.each(['CONNECT localhost:1 HTTP/1.1', 'GET http://localhost:1/ HTTP/1.1'])(
    '%s, where nothing listens, gets 502',
    async (line) => {
      const answer = await raw(lines(line, 'Host: localhost:1', 'Connection: close'), proxied.port);
      expect(answer).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
      expect(answer).toContain('localhost:1 cannot be reached (ECONNREFUSED)');
    },
  );

  test('other hosts get 502 all the same', async () => {
    expect((await openTunnel('example.org:443', proxied.port)).status).toBe(502);
  });
});

test('an authority that may not certify hosts of Azure is refused', async () => {
  const authority = await createCertificateAuthority();
  await expect(startEmulator({ proxy: true, authority })).rejects.toMatchObject({
    code: 'AML_CONFIG_INVALID',
  });
  const fitting = await createCertificateAuthority({ permits: PROXY_HOSTS });
  const emulator = await startEmulator({ proxy: true, authority: fitting });
  expect(emulator.ca).toBe(fitting.certificate);
  await emulator.close();
});
