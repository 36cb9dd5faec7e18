import type { CallTrace } from '../../core/call-trace.js';
import type { ExchangeRecord } from '../../core/exchange.js';
import { asText } from '../../core/json.js';
import { parsePath } from '../../http/parse-path.js';
import type { SignIn } from './sign-in-log.js';

/** What an exchange tells of a sign-in; names are to be looked up. */
export interface SignInFacts {
  readonly event: SignIn['event'];
  /** Id or domain in the path; undefined where the path names none. */
  readonly tenant: string | undefined;
  /** `tid`, where it is known. */
  readonly tenantId: string | undefined;
  readonly appId: string;
  /** Object id of the user or service principal, where it is known. */
  readonly subjectId: string | undefined;
  readonly username: string | undefined;
  /** `aud` of the token, or what was asked for. */
  readonly audience: string | undefined;
  readonly clientAppUsed: SignIn['clientAppUsed'];
  readonly errorCode: number;
  readonly isMultiFactor: boolean;
}

const EVENTS: ReadonlyMap<string, SignIn['event']> = new Map([
  ['client_credentials', 'servicePrincipal'],
  ['authorization_code', 'interactiveUser'],
  ['password', 'interactiveUser'],
  ['refresh_token', 'nonInteractiveUser'],
  ['device_code', 'interactiveUser'],
  ['urn:ietf:params:oauth:grant-type:device_code', 'interactiveUser'],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'nonInteractiveUser'],
]);

/** Nobody has signed in, or been refused, while a device waits. */
const WAITING = new Set([70016, 90055]);

/** The sign-in that an exchange was; undefined for anything else. */
export function readSignIn(exchange: ExchangeRecord, trace: CallTrace): SignInFacts | undefined {
  const errorCode = aadstsOf(trace.signIn?.problem ?? exchange.errorCode);
  if (WAITING.has(errorCode)) return undefined;
  if (trace.signIn !== undefined) return errorCode === 0 ? undefined : pageSignIn(trace, errorCode);
  const claims = exchange.issued?.claims ?? {};
  const isTokenEndpoint =
    exchange.method === 'POST' && /\/oauth2(?:\/v2\.0)?\/token\/*(?:\?|$)/i.test(exchange.path);
  const event = isTokenEndpoint ? EVENTS.get(exchange.form?.['grant_type'] ?? '') : identityEvent(exchange);
  if (event === undefined || (exchange.issued === undefined && errorCode === 0)) return undefined;
  const form = exchange.form ?? {};
  const amr = claims['amr'];
  return {
    event,
    tenant: isTokenEndpoint ? parsePath(exchange.path.split('?', 1)[0] ?? '')?.[0] : undefined,
    tenantId: asText(claims['tid']) ?? trace.conditionalAccess?.tenantId,
    appId: asText(claims['appid']) ?? form['client_id'] ?? '',
    subjectId: asText(claims['oid']) ?? trace.conditionalAccess?.subject.id,
    username: asText(claims['upn']) ?? form['username'],
    audience:
      asText(claims['aud']) ?? form['resource'] ?? form['scope']?.split(' ')[0]?.replace(/\/\.default$/, ''),
    clientAppUsed:
      form['client_secret'] === undefined && form['client_assertion'] === undefined
        ? 'Mobile Apps and Desktop clients'
        : 'Browser',
    errorCode,
    isMultiFactor: Array.isArray(amr) && amr.includes('mfa'),
  };
}

/** A token from the endpoint of a machine. */
function identityEvent({ issued }: ExchangeRecord): SignIn['event'] | undefined {
  if (issued === undefined) return undefined;
  return issued.claims['idtyp'] === 'user' ? 'nonInteractiveUser' : 'managedIdentity';
}

function pageSignIn({ signIn, conditionalAccess }: CallTrace, errorCode: number): SignInFacts {
  return {
    event: 'interactiveUser',
    tenant: undefined,
    tenantId: signIn?.tenantId ?? conditionalAccess?.tenantId,
    appId: signIn?.clientId ?? '',
    subjectId: signIn?.userId ?? conditionalAccess?.subject.id,
    username: signIn?.username,
    audience: undefined,
    clientAppUsed: 'Browser',
    errorCode,
    isMultiFactor: false,
  };
}

function aadstsOf(text: string | undefined): number {
  return Number(/^AADSTS(\d+)/.exec(text ?? '')?.[1] ?? 0);
}
