import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

import { redact } from '@aml-auth/core';

/**
 * Answers `CONNECT` (RFC 9110, section 9.3.6). The only place that it leads to is the emulator's own port.
 *
 * @param head - what the client sent after its request already
 */
export function tunnel(client: Duplex, head: Buffer, port: number): void {
  const upstream = connect({ host: '127.0.0.1', port });
  const end = (): void => {
    client.destroy();
    upstream.destroy();
  };
  for (const socket of [client, upstream]) socket.once('error', end).once('close', end);
  upstream.once('connect', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    upstream.write(head);
    client.pipe(upstream).pipe(client);
  });
}

/** Answers a `CONNECT` to anywhere else with status 502. */
export function refuseTunnel(client: Duplex, target: string): void {
  client.once('error', () => client.destroy());
  const body = `The emulator does not connect to ${redact(target).slice(0, 200)}: it answers for itself only.\n`;
  const head = [
    'HTTP/1.1 502 Bad Gateway',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  client.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
