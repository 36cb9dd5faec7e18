import type { Exchange } from '@aml-auth/emulator';

/** How often each part of the cloud was asked. */
export interface RequestCounts {
  /** Microsoft Entra ID, its pages included. */
  readonly entra: number;
  readonly resourceManager: number;
  readonly graph: number;
  /** Endpoints of managed identities. */
  readonly identity: number;
}

const HOSTS: Readonly<Record<string, keyof RequestCounts>> = {
  'login.microsoftonline.com': 'entra',
  'management.azure.com': 'resourceManager',
  'graph.microsoft.com': 'graph',
};

const PATHS: readonly (readonly [RegExp, keyof RequestCounts])[] = [
  [/^\/(subscriptions|providers|tenants|metadata\/endpoints)\b/i, 'resourceManager'],
  [/^\/graph\//i, 'graph'],
  [/^\/(metadata|hosts)\//i, 'identity'],
];

/** Counts requests by whom they were for: by host where it is one of Azure, else by the first part of the path. Pure. */
export function countRequests(exchanges: readonly Pick<Exchange, 'host' | 'path'>[]): RequestCounts {
  const counts = { entra: 0, resourceManager: 0, graph: 0, identity: 0 };
  for (const { host, path } of exchanges) {
    const byHost = HOSTS[host.replace(/:\d+$/, '')];
    counts[byHost ?? PATHS.find(([pattern]) => pattern.test(path))?.[1] ?? 'entra'] += 1;
  }
  return counts;
}
