import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

import { redact } from '@aml-auth/core';

/** Where a tunnel leads. */
export interface TunnelEnd {
  readonly host: string;
  readonly port: number;
}

/**
 * Answers `CONNECT` (RFC 9110, section 9.3.6) with a way to the other end.
 *
 * @param head - what the client sent after its request already
 */
export function tunnel(client: Duplex, head: Buffer, target: TunnelEnd): void {
  const upstream = connect(target);
  const end = (): void => {
    client.destroy();
    upstream.destroy();
  };
  const refuse = (error: NodeJS.ErrnoException): void => {
    refuseTunnel(client, `${target.host}:${target.port} cannot be reached (${error.code ?? 'unknown'}).`);
  };
  upstream.once('error', refuse);
  client.once('error', end).once('close', end);
  upstream.once('connect', () => {
    upstream.off('error', refuse).once('error', end).once('close', end);
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    upstream.write(head);
    client.pipe(upstream).pipe(client);
  });
}

/** Answers a `CONNECT` that leads nowhere: status 502 and a text that says why. */
export function refuseTunnel(client: Duplex, text: string): void {
  client.once('error', () => client.destroy());
  const body = `${text}\n`;
  const head = [
    'HTTP/1.1 502 Bad Gateway',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  client.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** The other end that `CONNECT host:port` names. */
export function tunnelEnd(target: string): TunnelEnd | undefined {
  const [, name, address, port] = /^(?:([^:@/?#[\]]+)|\[([0-9a-fA-F:.]+)\]):(\d{1,5})$/.exec(target) ?? [];
  const host = name ?? address;
  return host === undefined ? undefined : { host, port: Number(port) };
}

/** Why a host is not reached, for the people whose program wanted to go there. */
export function refusalText(host: string, isProxy: boolean): string {
  const name = redact(host).slice(0, 200);
  return isProxy
    ? `The emulator does not connect to ${name}: it stands in for hosts of Azure, and lets nothing else through that is not on its passthrough list.`
    : `The emulator does not connect to ${name}: it answers for itself only.`;
}
