import type { IncomingHttpHeaders } from 'node:http';
import type { IdentityProtocol } from './identity-style.js';
import { sameSecret, type CompareDigests } from './same-secret.js';

/** A request as it came in. */
export interface RawRequest {
  readonly method?: string | undefined;
  /** The request target: path and query. */
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** What a request is checked against. */
export interface Expected {
  readonly protocol: IdentityProtocol;
  /** `127.0.0.1:<port>` */
  readonly host: string;
  readonly secret: string;
  readonly clientId: string | undefined;
  /** Undefined: every resource. */
  readonly allowedResources: readonly string[] | undefined;
}

/** Why no token is given. */
export interface Refusal {
  readonly status: 400 | 403 | 404 | 405;
  readonly message: string;
}

/** A request that may have a token. */
export interface TokenRequest {
  readonly resource: string;
}

/** Who does not know the secret learns nothing else: one answer for every reason. */
const FORBIDDEN: Refusal = { status: 403, message: 'Forbidden.' };

/**
 * Decides whether the request may have a token, and for which resource. The secret is compared in every request, also
 * in one that is refused for its host.
 */
export function readTokenRequest(
  request: RawRequest,
  expected: Expected,
  compare?: CompareDigests,
): TokenRequest | Refusal {
  const { protocol } = expected;
  // A page in a browser can reach loopback through a host name of its own (DNS rebinding).
  const hostFits = request.headers.host === expected.host;
  const { given, url } = secretOf(request, protocol);
  const secretFits = sameSecret(given, expected.secret, compare);
  if (!hostFits || !secretFits) return FORBIDDEN;
  if (request.method !== 'GET') return { status: 405, message: 'Only GET is supported.' };
  const [path, ...rest] = url.split('?');
  // The clients of MSAL put a slash behind the address of a machine's service, which takes it.
  const asked = protocol.secretHeader === undefined ? path?.replace(/\/$/, '') : path;
  if (asked !== protocol.path) return { status: 404, message: 'Not found.' };
  const { marker } = protocol;
  if (marker !== undefined && String(request.headers[marker.name]).toLowerCase() !== marker.value) {
    return bad(`The header ${marker.name} must be ${marker.value}.`);
  }
  return readQuery(new URLSearchParams(rest.join('?')), expected);
}

/** The secret of the request, and the address without it. */
function secretOf(
  { headers, url = '' }: RawRequest,
  { secretHeader }: IdentityProtocol,
): { readonly given: string | string[] | undefined; readonly url: string } {
  if (secretHeader !== undefined) return { given: headers[secretHeader], url };
  const [, given, rest = ''] = /^\/([^/?#]*)(.*)$/.exec(url) ?? [];
  return { given, url: rest };
}

function readQuery(query: URLSearchParams, expected: Expected): TokenRequest | Refusal {
  const { protocol, clientId, allowedResources } = expected;
  if (!protocol.apiVersions.includes(only(query, 'api-version') ?? '')) {
    return bad(`The api-version must be ${protocol.apiVersions.join(' or ')}.`);
  }
  const resource = only(query, 'resource');
  if (resource === undefined || resource === '') return bad('The parameter resource must be given once.');
  if (protocol.otherSelectors.some((name) => query.has(name))) {
    return bad(`The identity can be named by ${protocol.clientIdParameter} only.`);
  }
  // Another identity's token in place of the one asked for would be worse than none.
  const asked = query.has(protocol.clientIdParameter);
  const named = only(query, protocol.clientIdParameter);
  if (asked && (clientId === undefined || named?.toLowerCase() !== clientId.toLowerCase())) {
    return bad('Identity not found: this endpoint serves an identity with another client id.');
  }
  if (allowedResources !== undefined && !allowedResources.some((allowed) => alike(allowed, resource))) {
    return { status: 403, message: 'This endpoint gives no token for the resource.' };
  }
  return { resource };
}

/** The value of a parameter that is given exactly once. */
function only(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}

function bad(message: string): Refusal {
  return { status: 400, message };
}

function alike(a: string, b: string): boolean {
  return normal(a) === normal(b);
}

function normal(resource: string): string {
  return resource.toLowerCase().replace(/\/+$/, '');
}
