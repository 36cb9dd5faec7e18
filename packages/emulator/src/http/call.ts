import type { Clock, Logger } from '@aml-auth/core';

import type { Faults } from '../control/faults/create-faults.js';
import type { SignInLog } from '../control/sign-ins/sign-in-log.js';
import type { CallTrace } from '../core/call-trace.js';
import type { Throttle } from '../arm/throttling/throttle.js';
import type { Random } from '../core/random.js';
import type { Store } from '../core/store.js';
import type { Vault } from '../core/vault.js';
import type { SigningKeys } from '../entra/signing-keys.js';
import type { HostRuntime } from '../identity/host-runtime.js';
import type { Faces } from './faces.js';
import type { OwnHosts } from './own-hosts.js';

/** What is known of the connection that a request came over. */
export interface Connection {
  /** Host and port that the client believes it talks to, such as `localhost:8443`. */
  readonly host: string;
  /** Whether the client asked over https. */
  readonly tls: boolean;
  /** Address of the peer; `in-process` where there is no socket. */
  readonly remote: string;
  /** Ends when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

/** Everything that the services work on. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly keys: SigningKeys;
  readonly hosts: OwnHosts;
  /** Secrets and key files of the managed-identity endpoints. */
  readonly identity: HostRuntime;
  /** Long-running operations of Azure Resource Manager. */
  readonly operations: {
    /** Milliseconds that one takes. */
    readonly durationMs: number;
  };
  /** Counts requests to Azure Resource Manager; undefined where nothing is limited. */
  readonly throttle: Throttle | undefined;
  /** Whether an empty page goes before each one with items. */
  readonly emptyPages: boolean;
  /** Seals what must not stand in the state in clear: keys of endpoints, credentials of datastores. */
  readonly vault: Vault;
  /** Most items in one page of a list; undefined for all in one page. */
  readonly pageSize: number | undefined;
  readonly faults: Faults;
  readonly signIns: SignInLog;
  /** Ends when the emulator closes. */
  readonly closing: AbortSignal;
}

/** One request, parsed as far as every service needs it. */
export interface Call {
  readonly world: World;
  readonly method: string;
  /** The path without empty segments, percent-decoded, in the caller's spelling. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string;
  /** Whether the client asked over https. */
  readonly tls: boolean;
  /** `https://` and the host that the client asked, so that documents name the same one. */
  readonly origin: string;
  /** Where the parts of the cloud are, for whoever asked this host. */
  readonly faces: Faces;
  /** `x-ms-request-id` of the answer. */
  readonly requestId: string;
  /** What the services note for the record of requests. */
  readonly trace: CallTrace;
}

/** A part of the cloud. */
export type Service = (call: Call) => Response | Promise<Response>;

/** The value of a query parameter, its name in any case, as Azure Resource Manager reads them. */
export function queryValue(call: Call, name: string): string | undefined {
  for (const [key, value] of call.query) {
    if (key.toLowerCase() === name.toLowerCase()) return value;
  }
  return undefined;
}
