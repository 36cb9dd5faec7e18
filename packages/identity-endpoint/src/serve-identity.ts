import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AmlAuthError,
  cancelled,
  defaultScope,
  expectIdentity,
  parseGuid,
  quietLogger,
  type Credential,
  type ExpectedIdentity,
  type Logger,
} from '@aml-auth/core';
import { IDENTITY_PROTOCOLS, type IdentityStyle } from './identity-style.js';
import { readTokenRequest, type Expected } from './read-token-request.js';
import { tokenFailure } from './token-failure.js';

/** What is served, and how. */
export interface ServeIdentityOptions {
  /** Whose tokens are given to the programs. It is asked for each request, and caches as it always does. */
  readonly credential: Credential;
  /**
   * `appService` for most programs; `azureML` for code that expects Azure Machine Learning compute; `imds` for code that
   * expects a virtual machine, where the secret is part of the address.
   */
  readonly style: IdentityStyle;
  /** The only resources that tokens are given for, such as `https://ml.azure.com`. Default: every resource. */
  readonly allowedResources?: readonly string[] | undefined;
  /**
   * The client id under which programs may ask for the identity; a GUID. Default: that of the
   * credential, where it has one. Requests for another identity are refused.
   */
  readonly clientId?: string | undefined;
  /**
   * Whose tokens may be given out, whatever the credential has by then: a session of another program can change.
   * Default: whoever the credential stands for.
   */
  readonly expectedIdentity?: ExpectedIdentity | undefined;
  /** Port on 127.0.0.1. Default 0: a free one. */
  readonly port?: number | undefined;
  /** Closes the endpoint when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Told about every request (`identity.request`): status and resource, no secret. */
  readonly logger?: Logger | undefined;
}

/** A managed-identity endpoint on loopback. */
export interface IdentityEndpoint {
  /** Its URL: `http://127.0.0.1:<port>/…`. For the style `imds` the secret is in it. */
  readonly endpoint: string;
  /** The environment variables for the program that may use it. They hold a secret, but no token. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends every connection and frees the port. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Serves the credential to programs in any language as the managed-identity endpoint that their
 * Azure SDK already knows. Listens on 127.0.0.1 only, on a port that the system chooses; each request
 * must carry a random secret of 32 bytes and the endpoint's own address as its host.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a bad style, client id or expected identity, `AML_CANCELLED`
 *   where the signal is aborted already, or `AML_UNAVAILABLE` where loopback cannot be listened on
 */
export async function serveIdentity(options: ServeIdentityOptions): Promise<IdentityEndpoint> {
  const { style, allowedResources, expectedIdentity, signal, port = 0 } = options;
  const logger = quietLogger(options.logger);
  const credential =
    expectedIdentity === undefined
      ? options.credential
      : expectIdentity(options.credential, expectedIdentity);
  if (signal?.aborted === true) throw cancelled(signal);
  const protocol = protocolOf(style);
  const clientId =
    options.clientId === undefined ? credential.describe().clientId : parseGuid(options.clientId, 'clientId');
  const secret = randomBytes(32).toString('hex');
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000, maxHeaderSize: 16_384 });
  const host = `127.0.0.1:${String(await listen(server, port))}`;
  const expected: Expected = { protocol, host, secret, clientId, allowedResources };
  server.on('request', (request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => {
      gone.abort();
    });
    const wanted = readTokenRequest(request, expected);
    if ('status' in wanted) {
      reply(response, wanted.status, failureBody(wanted.status, wanted.message));
      logger.warn({ event: 'identity.request', status: wanted.status });
      return;
    }
    const { resource } = wanted;
    try {
      const token = await credential.getToken(defaultScope(resource), { abortSignal: gone.signal });
      reply(response, 200, protocol.body({ token, resource, clientId }));
      logger.info({ event: 'identity.request', status: 200, resource });
    } catch (error) {
      const { status, message, retryAfterSec } = tokenFailure(error);
      if (retryAfterSec !== undefined) response.setHeader('retry-after', retryAfterSec);
      reply(response, status, { ...failureBody(status, message), correlationId: randomUUID() });
      logger.warn({ event: 'identity.request', status, resource });
    }
  }

  const close = closer(server);
  const onAbort = (): void => {
    void close();
  };
  signal?.addEventListener('abort', onAbort);
  // Without a header for it, the secret is what the path begins with.
  const base = protocol.secretHeader === undefined ? `http://${host}/${secret}` : `http://${host}`;
  const endpoint = `${base}${protocol.path}`;
  return {
    endpoint,
    env: protocol.env(protocol.secretHeader === undefined ? base : endpoint, secret, clientId),
    close() {
      signal?.removeEventListener('abort', onAbort);
      return close();
    },
  };
}

function protocolOf(style: IdentityStyle): (typeof IDENTITY_PROTOCOLS)[IdentityStyle] {
  if (Object.hasOwn(IDENTITY_PROTOCOLS, style)) return IDENTITY_PROTOCOLS[style];
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The style ${JSON.stringify(style)} is not known.`,
    remedy: 'Give style as appService, azureML or imds.',
  });
}

async function listen(server: Server, port: number): Promise<number> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (cause) {
    throw new AmlAuthError({
      code: 'AML_UNAVAILABLE',
      message: `The identity endpoint could not listen on 127.0.0.1:${port}.`,
      remedy:
        'Allow this process to open a port on loopback, and leave the port to the system where it is taken.',
      cause,
    });
  }
}

function closer(server: Server): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => {
    closed ??= new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
    return closed;
  };
}

function failureBody(status: number, message: string): Record<string, unknown> {
  return { statusCode: status, message };
}

function reply(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    // Nothing of a request is left behind on a connection that another one could use.
    connection: 'close',
  };
  response.writeHead(status, headers).end(JSON.stringify(body));
}
