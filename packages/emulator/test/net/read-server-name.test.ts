import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readServerName } from '../../src/net/read-server-name.js';

/** The first bytes that a real client sends. */
async function clientHello(servername: string | undefined): Promise<Buffer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const bytes = new Promise<Buffer>((resolve) => {
    server.once('connection', (socket) => {
      socket.once('error', () => undefined);
      socket.once('data', (chunk: Buffer) => {
        resolve(chunk);
        socket.destroy();
      });
    });
  });
  const client = connect({ port, host: '127.0.0.1', ...(servername === undefined ? {} : { servername }) });
  client.once('error', () => undefined);
  const result = await bytes;
  server.close();
  return result;
}

test('the name that a client asks for is read, and an address has none', async () => {
  expect(readServerName(await clientHello('login.microsoftonline.com'))).toBe('login.microsoftonline.com');
  expect(readServerName(await clientHello(undefined))).toBeUndefined();
});

test('bytes that end early, or are anything else, have no name', async () => {
  const hello = await clientHello('localhost');
  fc.assert(
    fc.property(fc.nat(hello.length - 1), (length) => {
      expect([undefined, 'localhost']).toContain(readServerName(hello.subarray(0, length)));
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(() => readServerName(Buffer.from([0x16, ...bytes]))).not.toThrow();
    }),
  );
});
