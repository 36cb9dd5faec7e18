import { decodeJwt, decodeProtectedHeader } from 'jose';

/** A request as it left its client. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request as flat facts: `method`, `url`, and one entry for each parameter, header and form field. */
export type WireFacts = Readonly<Record<string, string>>;

/** Says which library sends, or which request it is: never the same in two requests. */
const TELEMETRY =
  /^(?:x-client-.*|x-ms-lib-capability|x-ms-client-request-id|client-request-id|return-client-request-id|user-agent|traceparent|x-app-.*)$/;
/** Belongs to the connection, not to the request. */
const TRANSPORT =
  /^(?:host|connection|content-length|accept-encoding|accept-language|sec-fetch-mode|keep-alive)$/;
/** New in every request: that they are there, and how long they are, is what counts. */
const RANDOM =
  /^(?:state|nonce|code|x-anchormailbox|code_verifier|code_challenge|device_code|refresh_token)$/;

/** The facts of a request that two clients can have in common. */
export function wireFacts(request: WireRequest): WireFacts {
  const url = new URL(request.url);
  const facts = new Map<string, string>([
    ['method', request.method],
    ['url', `${url.origin}${url.pathname}`],
  ]);
  const add = (kind: string, name: string, value: string): void => {
    if (TELEMETRY.test(name.toLowerCase()) || TRANSPORT.test(name.toLowerCase())) return;
    if (name === 'client_assertion') addAssertion(facts, value);
    else if (name === 'claims') addClaims(facts, `${kind} claims`, JSON.parse(value));
    else facts.set(`${kind} ${name}`, RANDOM.test(name.toLowerCase()) ? '(random)' : settled(name, value));
  };
  for (const [name, value] of url.searchParams) add('query', name, value);
  for (const [name, value] of Object.entries(request.headers)) add('header', name.toLowerCase(), value);
  for (const [name, value] of new URLSearchParams(request.body)) add('form', name, value);
  return Object.fromEntries(facts);
}

/** Without what differs in writing and not in meaning. */
function settled(name: string, value: string): string {
  if (name === 'scope') return value.split(' ').sort().join(' ');
  if (name === 'content-type') return value.toLowerCase().replace(/;\s*/, '; ');
  if (name === 'redirect_uri') return value.replace(/:\d+/, ':(port)');
  return value;
}

/** One fact for each claim that is asked for. */
function addClaims(facts: Map<string, string>, prefix: string, claims: unknown): void {
  for (const [token, wanted] of Object.entries(claims as Record<string, object>)) {
    for (const [claim, request] of Object.entries(wanted)) {
      facts.set(`${prefix} ${token}.${claim}`, JSON.stringify(request));
    }
  }
}

function addAssertion(facts: Map<string, string>, jwt: string): void {
  const { nbf = 0, exp = 0, iat, jti, ...claims } = decodeJwt(jwt);
  for (const [name, value] of Object.entries(decodeProtectedHeader(jwt))) {
    facts.set(`assertion header ${name}`, JSON.stringify(value));
  }
  for (const [name, value] of Object.entries(claims)) facts.set(`assertion ${name}`, JSON.stringify(value));
  facts.set('assertion lifetime', `${exp - nbf} s`);
  facts.set('assertion iat, jti', `${typeof iat}, ${typeof jti}`);
}

/** One fact in which two requests differ, and why that is wanted. */
export interface Difference {
  readonly fact: string;
  /** Undefined where the request does not have it. */
  readonly published?: string;
  readonly ours?: string;
  readonly why: string;
}

/** The facts in which the requests differ. */
export function differences(published: WireFacts, ours: WireFacts): Omit<Difference, 'why'>[] {
  return [...new Set([...Object.keys(published), ...Object.keys(ours)])]
    .filter((fact) => published[fact] !== ours[fact])
    .sort()
    .map((fact) => ({
      fact,
      ...(published[fact] === undefined ? {} : { published: published[fact] }),
      ...(ours[fact] === undefined ? {} : { ours: ours[fact] }),
    }));
}
