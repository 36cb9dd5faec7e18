import { isGuid } from '@aml-auth/core';

import { randomGuid } from '../core/random.js';
import { jsonAnswer, Refusal } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { AADSTS, type AadstsEntry } from './aadsts.js';
import { keptDecision } from './conditional-access/decision-trace.js';

/**
 * A {@link Refusal} with the body of Microsoft Entra ID.
 *
 * @param values - fill in the text
 * @param more - further members of the body
 */
export function entraRefusal(
  code: keyof typeof AADSTS,
  values: Record<string, string> = {},
  more: Readonly<Record<string, string>> = {},
): Refusal {
  return new Refusal((call) => entraError(call, code, values, more));
}

/** Headers of every answer of the token service. */
export function entraHeaders(call: Call): Record<string, string> {
  const decision = keptDecision(call);
  return {
    ...(decision === undefined ? {} : { 'x-emu-decision': decision }),
    'cache-control': 'no-store, no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'x-content-type-options': 'nosniff',
    'x-ms-request-id': call.requestId,
    'x-ms-ests-server': 'aml-auth emulator',
    'client-request-id': correlationId(call),
  };
}

/** The body of an error: RFC 6749, section 5.2, and what Microsoft Entra ID adds to it. */
export interface EntraErrorBody {
  readonly error: string;
  readonly error_description: string;
  readonly [name: string]: unknown;
}

function entraError(
  call: Call,
  code: number,
  values: Record<string, string>,
  more: Readonly<Record<string, string>>,
): Response {
  const status = AADSTS[code]?.status ?? 500;
  return jsonAnswer(
    status,
    { ...entraErrorBody(call, code, values), ...more },
    {
      ...entraHeaders(call),
      'x-ms-error-code': `AADSTS${code}`,
    },
  );
}

/** What {@link entraRefusal} answers, for services that pass the error on in a form of their own. */
export function entraErrorBody(call: Call, code: number, values: Record<string, string>): EntraErrorBody {
  const entry = AADSTS[code] ?? UNKNOWN;
  const traceId = call.requestId;
  const correlation = correlationId(call);
  const timestamp = `${new Date(call.world.clock.now()).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    error: entry.error,
    error_description: `${aadstsText(code, values)} Trace ID: ${traceId} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlation,
    ...(entry.suberror === undefined ? {} : { suberror: entry.suberror }),
    ...(entry.uri === false ? {} : { error_uri: `${call.origin}/error?code=${code}` }),
  };
}

const UNKNOWN: AadstsEntry = { error: 'server_error', status: 500, text: 'Unknown error.' };

/** Number and text of an error, filled in: what a page shows of it. */
export function aadstsText(code: number, values: Readonly<Record<string, string>> = {}): string {
  const { text } = AADSTS[code] ?? UNKNOWN;
  return `AADSTS${code}: ${text.replaceAll(/\{(\w+)\}/g, (_, name: string) => shorten(values[name] ?? ''))}`;
}

const correlations = new WeakMap<Call, string>();

/** The client's request id, from wherever its library puts it, or a new one; the same for one call. */
function correlationId(call: Call): string {
  const known = correlations.get(call);
  if (known !== undefined) return known;
  const given = [
    call.headers.get('client-request-id'),
    call.query.get('client-request-id'),
    new URLSearchParams(call.body).get('client-request-id'),
  ].find((value) => value !== null && isGuid(value));
  const id = given ?? randomGuid(call.world.random);
  correlations.set(call, id);
  return id;
}

function shorten(value: string): string {
  return value.length <= 200 ? value : `${value.slice(0, 197)}...`;
}
