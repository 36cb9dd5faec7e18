import { estimateClockSkew } from '@aml-auth/core';
import type { HostFact } from './facts.js';

/** A host that does not answer in this time is as good as not there. */
const LIMIT_MS = 5_000;

/** What is asked of a host. No token is sent to any of them. */
export interface Visit {
  readonly name: string;
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  /** What is wrong with the answer; default: nothing, whatever it is. */
  readonly judge?: ((response: Response) => Promise<string | undefined>) | undefined;
}

/** Asks a host for something that needs no token: name, TLS, proxy and clock. */
export async function reachHost({ name, url, method, judge }: Visit, signal: AbortSignal): Promise<HostFact> {
  const { origin } = new URL(url);
  try {
    const sentAt = Date.now();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
    const response = await fetch(url, { method, redirect: 'manual', signal: limit });
    const skewMs = estimateClockSkew(response.headers, sentAt, Date.now())?.ms;
    const problem = await judge?.(response);
    return { name, origin, skewMs, ...(problem === undefined ? {} : { problem }) };
  } catch (error) {
    const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    return { name, origin, problem: typeof code === 'string' ? code : message };
  }
}
