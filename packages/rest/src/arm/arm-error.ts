import { AmlAuthError, estimateClockSkew, type AmlAuthErrorCode, type CorrelationIds } from '@aml-auth/core';
import { claimsChallenge } from '../challenge/claims-challenge.js';
import { claimsWants } from '../challenge/claims-wants.js';
import { askedWaitMs } from '../http/asked-wait.js';
import { readArmErrorBody, type ArmErrorBody } from './arm-error-body.js';
import { armRemedy } from './arm-remedy.js';
import { tenantOfChallenge } from './tenant-of-challenge.js';

/** A reply of Azure Resource Manager or Microsoft Graph, as far as an error needs it. */
export interface ArmErrorReply {
  /** The method of the request, such as `PUT`. */
  readonly method: string;
  /** The URL that was asked; only a report shows it, without the values of its query. */
  readonly url: string;
  /** The HTTP status. */
  readonly status: number;
  /** Where the wait, the claims challenge, the tenant and the date are read. */
  readonly headers: Pick<Headers, 'get'>;
  /** The body as text, in whatever form it came. */
  readonly body: string;
  /** Ids of the request, for the error. Default: none. */
  readonly correlation?: CorrelationIds | undefined;
}

const BY_STATUS: Readonly<Record<number, AmlAuthErrorCode>> = {
  401: 'AML_UNAUTHENTICATED',
  403: 'AML_FORBIDDEN',
  404: 'AML_NOT_FOUND',
  408: 'AML_TIMEOUT',
  409: 'AML_CONFLICT',
  412: 'AML_CONFLICT',
  429: 'AML_THROTTLED',
};

/**
 * The error behind a reply without success. Pure, and it never throws: a body that cannot be read
 * leaves out the details. Carries the status, `error.code` (or the header `x-ms-error-code`) as
 * `armCode`, the correlation ids, the wait that the service asks for, and a remedy. A claims
 * challenge is in `claims`, for the next sign-in, and stays out of its texts; the ids of the Conditional Access
 * policies that it names are in `policyIds`, and the number of an AADSTS error that the body quotes in `aadsts`.
 *
 * @param now - wall time in milliseconds since the epoch, to read a date in `Retry-After`
 */
export function armError(reply: ArmErrorReply, now: number = Date.now()): AmlAuthError {
  const { method, status, headers } = reply;
  const body = readArmErrorBody(reply.body);
  const code = BY_STATUS[status] ?? codeOf(status);
  const armCode = body.code ?? headers.get('x-ms-error-code') ?? undefined;
  const claims = status === 401 ? claimsChallenge(headers) : undefined;
  const { policyIds, contexts } = claimsWants(claims);
  const aadsts = aadstsIn(body.message);
  return new AmlAuthError({
    code,
    message: messageOf(reply, armCode, body),
    remedy: armRemedy({
      code,
      armCode,
      message: body.message ?? '',
      method,
      tenantId: tenantOfChallenge(headers),
      isChallenged: claims !== undefined,
      policyIds,
      contexts,
    }),
    aadsts,
    policyIds: policyIds.length === 0 ? undefined : policyIds,
    armCode,
    status,
    claims,
    correlation: reply.correlation,
    retryAfterMs: askedWaitMs(headers, now),
    request: { method, url: reply.url },
    clockSkewMs: estimateClockSkew(headers, now, now)?.ms,
  });
}

function codeOf(status: number): AmlAuthErrorCode {
  if (status >= 500) return 'AML_SERVICE_UNAVAILABLE';
  return status >= 400 ? 'AML_REQUEST_REJECTED' : 'AML_RESPONSE_INVALID';
}

function messageOf(reply: ArmErrorReply, armCode: string | undefined, body: ArmErrorBody): string {
  const { method, status } = reply;
  const url = URL.parse(reply.url);
  const target = `${method} ${url?.pathname ?? ''} at ${url?.host ?? 'an unknown host'}`;
  if (status >= 300 && status < 400) {
    return `${target} was answered with a redirect (${String(status)}); a token does not follow it.`;
  }
  const head = `${target} failed with ${String(status)}${armCode === undefined ? '' : ` ${armCode}`}`;
  const said = [body.message, ...body.details, ...body.policies.map((name) => `Policy: ${name}`)];
  const text = said.filter((part) => part !== undefined).join(' ');
  return text === '' ? `${head}.` : `${head}: ${text}`;
}

/** Services quote what Microsoft Entra ID told them. */
function aadstsIn(message: string | undefined): number | undefined {
  const number = /\bAADSTS(\d{4,7})\b/.exec(message ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}
