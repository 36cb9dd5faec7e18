import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAccessToken, type Credential } from '@aml-auth/core';
import { createArmClient, type ArmClientOptions } from '@aml-auth/rest';
import { onTestFinished } from 'vitest';

/** A request as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly host: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/**
 * What the server answers; `hang` keeps the connection open without an answer, `reset` ends it,
 * `partial` sends this much of a body and no more.
 */
export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly hang?: true;
  readonly reset?: true;
  readonly partial?: string;
  /** A body that is not text. */
  readonly bytes?: Buffer;
}

/** A real HTTP server on loopback, and a `fetch` that reaches every https host there. */
export interface LoopbackArm {
  readonly seen: Seen[];
  readonly fetch: typeof fetch;
  /** Settles when so many requests have arrived. */
  arrived(count: number): Promise<void>;
  /** Requests whose connection is still open without an answer. */
  open(): number;
}

/** Answers each request with what `answer` returns for it, and closes when the test is over. */
export async function loopbackArm(answer: (request: Seen, index: number) => Answer): Promise<LoopbackArm> {
  const seen: Seen[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];

  let unanswered = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    unanswered += 1;
    response.once('close', () => (unanswered -= 1));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, host = '', ...path] = (request.url ?? '').split('/');
    const entry = {
      method: request.method ?? '',
      host,
      url: `/${path.join('/')}`,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    const reply = answer(entry, seen.length);
    seen.push(entry);
    for (const { count, resolve } of waiting) if (seen.length >= count) resolve();
    if (reply.reset === true) request.socket.destroy();
    if (reply.hang === true || reply.reset === true) return;
    if (reply.partial !== undefined) {
      response.writeHead(200).write(reply.partial);
      return;
    }
    if (reply.bytes !== undefined) {
      response.writeHead(reply.status ?? 200, reply.headers).end(reply.bytes);
      return;
    }
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    response.writeHead(reply.status ?? 200, reply.headers).end(text);
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    seen,
    fetch: (input, init) => {
      const url = new URL(input as string);
      return fetch(`http://127.0.0.1:${String(port)}/${url.host}${url.pathname}${url.search}`, init);
    },
    open: () => unanswered,
    arrived: (count) =>
      new Promise((resolve) => {
        if (seen.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}

/** A credential with a fixed token, which counts how often it is asked. */
export function countingCredential(token = 'the-secret-token'): Credential & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    getToken: (scopes) => {
      asked.push(String(scopes));
      return Promise.resolve(createAccessToken({ token, expiresOnTimestamp: Date.now() + 3_600_000 }));
    },
    describe: () => ({ method: 'test' }),
  };
}

/** All items of an async iterable. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A client of the server, and the credential that it asks. */
export function clientOf(arm: LoopbackArm, more: Partial<ArmClientOptions> = {}) {
  const credential = countingCredential();
  const client = createArmClient({ credential, fetch: arm.fetch, random: () => 0.5, ...more });
  return { client, credential };
}
