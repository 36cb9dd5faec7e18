import type { Exchange } from '../core/exchange.js';
import { asText } from '../core/json.js';
import type { Store } from '../core/store.js';
import { firstPartyName } from '../entra/users/sign-in-client.js';
import { findVirtualHost } from '../proxy/virtual-hosts.js';

/** An exchange in a line. */
export interface ExchangeSummary {
  readonly sequence: number;
  /** Milliseconds since the epoch, on the emulator's clock. */
  readonly at: number;
  readonly durationMs: number;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly service: 'signIn' | 'graph' | 'resourceManager' | 'identity' | 'inference';
  /** Name of the user or application; undefined where nobody said who they are. */
  readonly caller?: string;
  readonly errorCode?: string;
  readonly decision?: string;
  readonly fault?: string;
}

/** What lists show of an exchange. */
export function summarize(store: Store, exchange: Exchange): ExchangeSummary {
  const { sequence, at, durationMs, host, method, path, status, errorCode, decision, fault } = exchange;
  const caller = callerOf(store, exchange);
  return {
    sequence,
    at,
    durationMs,
    host,
    method,
    path,
    status,
    service: serviceOf(exchange),
    ...(caller === undefined ? {} : { caller }),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(decision === undefined ? {} : { decision }),
    ...(fault === undefined ? {} : { fault }),
  };
}

function serviceOf({ host, path }: Exchange): ExchangeSummary['service'] {
  if (host.startsWith('graph.') || /^\/+graph\//i.test(path)) return 'graph';
  if (findVirtualHost(host)?.face === 'inference' || /^\/+inference\//i.test(path)) return 'inference';
  if (/^\/+(?:subscriptions|providers|tenants|metadata\/endpoints)(?:[/?]|$)/i.test(path))
    return 'resourceManager';
  return /^\/+(?:hosts|metadata)\//i.test(path) ? 'identity' : 'signIn';
}

function callerOf(store: Store, { token, issued, form }: Exchange): string | undefined {
  const claims = (token ?? issued)?.claims;
  const upn = asText(claims?.['upn']) ?? form?.['username'];
  if (upn !== undefined) return upn;
  const clientId = asText(claims?.['appid']) ?? form?.['client_id'];
  if (clientId === undefined) return undefined;
  const own = firstPartyName(clientId);
  if (own !== undefined) return own;
  const known = store.list('servicePrincipals').find(({ appId }) => appId === clientId.toLowerCase());
  return known?.displayName ?? clientId;
}
