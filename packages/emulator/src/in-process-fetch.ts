import { AmlAuthError } from '@aml-auth/core';

import type { Handle } from './handle.js';
import { isOwnHost, originOf, virtualHostOf, type OwnHosts } from './http/own-hosts.js';

/** `fetch` over a {@link Handle}: the same answers as over the socket, without one. */
export function inProcessFetch(handle: Handle, hosts: OwnHosts): typeof fetch {
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
    const tls = url.protocol === 'https:';
    const response = await handle(request, { host: url.host, tls, remote: 'in-process' });
    request.signal.throwIfAborted();
    return response;
  };
}
