import { AmlAuthError } from '@aml-auth/core';

import type { Handle } from './handle.js';
import { breakageOf } from './http/broken-answer.js';
import { isOwnHost, originOf, virtualHostOf, type OwnHosts } from './http/own-hosts.js';

/**
 * `fetch` over a {@link Handle}: the same answers as over the socket, without one.
 *
 * @param closing - ends when the emulator closes; then nothing is answered any more
 */
export function inProcessFetch(handle: Handle, hosts: OwnHosts, closing: AbortSignal): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (!isOwnHost(hosts, url.host) && virtualHostOf(hosts, url.host) === undefined) {
      throw new AmlAuthError({
        code: 'AML_NETWORK',
        message: `The emulator's fetch cannot reach ${url.host}: it answers for itself only.`,
        remedy: `Ask ${originOf(hosts)}.`,
      });
    }
    request.signal.throwIfAborted();
    if (closing.aborted) {
      throw new AmlAuthError({
        code: 'AML_NETWORK',
        message: `The emulator at ${url.host} is closed.`,
        remedy: 'Ask before close(), or start another emulator.',
      });
    }
    const tls = url.protocol === 'https:';
    const response = await handle(request, { host: url.host, tls, remote: 'in-process' });
    request.signal.throwIfAborted();
    return delivered(response);
  };
}

/** The answer as it would come over a connection that breaks off where it should. */
async function delivered(response: Response): Promise<Response> {
  const breakage = breakageOf(response);
  if (breakage === undefined) return response;
  const lost = new TypeError(breakage.kind === 'reset' ? 'fetch failed' : 'terminated', {
    cause: Object.assign(new Error('The emulator ended the connection.'), { code: 'ECONNRESET' }),
  });
  if (breakage.kind === 'reset') throw lost;
  const start = new Uint8Array(await response.arrayBuffer()).subarray(0, breakage.bytes);
  const chunks = start.length === 0 ? [] : [start];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk === undefined) controller.error(lost);
      else controller.enqueue(chunk);
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}
