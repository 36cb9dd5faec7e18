import type { IdentityHost } from '../core/resource-rows.js';
import type { Call } from '../http/call.js';

/** An endpoint of a host gets the request and the host that it came to. */
export interface HostContext {
  readonly call: Call;
  readonly host: IdentityHost;
}

/** One endpoint of a host. */
export type HostEndpoint = (context: HostContext) => Response | Promise<Response>;
