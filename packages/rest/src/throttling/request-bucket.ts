import { pathOf } from '../http/path-of.js';
import type { RequestKind } from './token-bucket.js';

/** The bucket that a request is counted in: of its subscription, or of the tenant. */
export interface RequestBucket {
  readonly id: string;
  readonly scope: 'subscription' | 'tenant';
  readonly kind: RequestKind;
}

/** The bucket of a request to Azure Resource Manager. What is no read and no DELETE counts as a write. */
export function requestBucket(method: string, url: string): RequestBucket {
  const kind = method === 'GET' || method === 'HEAD' ? 'reads' : method === 'DELETE' ? 'deletes' : 'writes';
  const subscription = /^\/subscriptions\/([^/]+)/i.exec(pathOf(url))?.[1]?.toLowerCase();
  return {
    id: `${subscription ?? 'tenant'} ${kind}`,
    scope: subscription === undefined ? 'tenant' : 'subscription',
    kind,
  };
}

/** What the headers of a reply say is left in the bucket. */
export function remainingIn(
  { scope, kind }: RequestBucket,
  headers: Pick<Headers, 'get'>,
): number | undefined {
  const text = headers.get(`x-ms-ratelimit-remaining-${scope}-${kind}`);
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
