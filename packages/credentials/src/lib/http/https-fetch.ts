import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';

/**
 * One request as `fetch` makes it, with the settings for TLS that `fetch` does not take. Bodies are texts;
 * redirects are not followed.
 *
 * @param tls - what `node:https` takes beside method and headers
 */
export async function httpsFetch(url: URL, init: RequestInit, tls: RequestOptions): Promise<Response> {
  // Loaded when they are needed: they are most of what the import of this package would cost.
  const [{ request }, { Readable }] = await Promise.all([import('node:https'), import('node:stream')]);
  const { signal } = init;
  const headers = Object.fromEntries(new Headers(init.headers));
  // An agent makes connections of its own: where one is handed in, whose certificate was compared, it is the only one.
  const connection = tls.createConnection === undefined ? { agent: false } : {};
  const outgoing = request(url, { method: init.method ?? 'GET', headers, ...connection, ...tls });
  const abort = (): void => void outgoing.destroy(new Error('aborted'));
  signal?.addEventListener('abort', abort);
  try {
    if (signal?.aborted === true) abort();
    outgoing.end(typeof init.body === 'string' ? init.body : undefined);
    const [reply] = (await once(outgoing, 'response')) as [IncomingMessage];
    reply.on('close', () => signal?.removeEventListener('abort', abort));
    return new Response(Readable.toWeb(reply) as ReadableStream<Uint8Array>, {
      status: reply.statusCode ?? 502,
      headers: Object.entries(reply.headers).map(([name, value]): [string, string] => [name, String(value)]),
    });
  } catch (error) {
    signal?.removeEventListener('abort', abort);
    throw error;
  }
}
