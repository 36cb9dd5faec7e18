import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import { redact, type Logger } from '@aml-auth/core';

import type { Proxy } from '../proxy/create-proxy.js';
import { forward, refuseForward } from './forward.js';
import { refusalText, refuseTunnel, tunnel, tunnelEnd } from './tunnel.js';

/** What a gate decides by. */
export interface GateOptions {
  /** Whether a `host:port` is the emulator, under any of its names. */
  readonly isOwnHost: (host: string) => boolean;
  readonly proxy?: Proxy | undefined;
  readonly logger: Logger;
}

/** Decides where requests to a proxy may go. */
export interface Gate {
  /** Answers `CONNECT`: with a way to the emulator or to a host that is let through, or with 502. */
  connect(target: string, client: Duplex, head: Buffer, ownPort: number): void;
  /**
   * Takes care of a request in absolute form for another host than the emulator.
   *
   * @returns whether it has; otherwise the emulator is to answer
   */
  divert(message: IncomingMessage, response: ServerResponse, tls: boolean): boolean;
}

/** A {@link Gate} that lets nothing leave this machine but to hosts on the passthrough list. */
export function createGate({ isOwnHost, proxy, logger }: GateOptions): Gate {
  function refused(host: string): string {
    logger.info({ event: 'emulator.proxy.refused', host: redact(host).slice(0, 200) });
    return refusalText(host, proxy !== undefined);
  }

  return {
    connect(target, client, head, ownPort) {
      const end = tunnelEnd(target);
      if (isOwnHost(target)) tunnel(client, head, { host: '127.0.0.1', port: ownPort });
      else if (end !== undefined && proxy?.isPassthrough(target) === true) tunnel(client, head, end);
      else refuseTunnel(client, refused(target));
    },
    divert(message, response, tls) {
      const target = message.url ?? '';
      if (proxy === undefined || target.startsWith('/')) return false;
      const url = URL.parse(target);
      if (url === null || !/^https?:$/.test(url.protocol)) return false;
      const host = url.port === '' ? `${url.host}:${url.protocol === 'https:' ? '443' : '80'}` : url.host;
      if (isOwnHost(host)) return false;
      const mayPass = !tls && url.protocol === 'http:' && proxy.isPassthrough(host);
      if (mayPass) forward(message, response, url);
      else refuseForward(response, refused(host));
      return true;
    },
  };
}
