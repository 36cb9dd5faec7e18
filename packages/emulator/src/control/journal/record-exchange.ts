import type { CallTrace } from '../../core/call-trace.js';
import type { DecodedToken, ExchangeRecord, RecordedMessage } from '../../core/exchange.js';
import { asText, isObject } from '../../core/json.js';
import { decodeBearer, decodeToken } from './decode-token.js';
import { redactFields, redactHeader, redactJson } from './redact-values.js';

/** What an exchange is recorded from. */
export interface ExchangeParts {
  readonly at: number;
  readonly durationMs: number;
  readonly host: string;
  readonly tls: boolean;
  readonly request: Request;
  readonly body: string;
  readonly response: Response;
  readonly trace: CallTrace;
  /** Whether secrets stay readable. */
  readonly showSecrets: boolean;
}

/** Longest body that is kept, in characters. */
const LONGEST_BODY = 16_384;

/** Records an exchange. Of the answer it reads a copy. */
export async function recordExchange(parts: ExchangeParts): Promise<ExchangeRecord> {
  const { at, durationMs, host, tls, request, body, response, trace, showSecrets } = parts;
  const url = new URL(request.url);
  const shownFields = showSecrets ? (fields: URLSearchParams) => fields : redactFields;
  const isForm = isKind(request.headers, 'x-www-form-urlencoded');
  const form = isForm ? shownFields(new URLSearchParams(body)) : undefined;
  const query = shownFields(url.searchParams).toString();
  const answer = isKind(response.headers, 'event-stream') ? '' : await response.clone().text();
  const isJson = isKind(response.headers, 'json');
  const optional = {
    form: form === undefined ? undefined : shortFields(form),
    requestId: response.headers.get('x-ms-request-id'),
    correlationId:
      response.headers.get('x-ms-correlation-request-id') ?? response.headers.get('client-request-id'),
    clientRequestId:
      request.headers.get('x-ms-client-request-id') ??
      request.headers.get('client-request-id') ??
      url.searchParams.get('client-request-id'),
    decision: response.headers.get('x-emu-decision'),
    errorCode: response.headers.get('x-ms-error-code'),
    token: decodeBearer(request.headers.get('authorization')),
    issued: isJson ? issuedToken(answer) : undefined,
    rbac: trace.rbac,
    conditionalAccess: trace.conditionalAccess,
    fault: trace.fault,
  };
  const shownJson = (text: string): string | undefined =>
    text.length > LONGEST_BODY ? undefined : showSecrets ? text : redactJson(text);
  return {
    at,
    durationMs,
    host,
    tls,
    method: request.method,
    path: `${url.pathname}${query === '' ? '' : `?${query}`}`.slice(0, LONGEST_BODY),
    status: response.status,
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined && value !== null),
    ) as Partial<ExchangeRecord>),
    request: {
      ...message(request.headers, body, showSecrets),
      ...shortBody(form?.toString() ?? (isKind(request.headers, 'json') ? shownJson(body) : undefined)),
    },
    response: {
      ...message(response.headers, answer, showSecrets),
      ...(isJson ? shortBody(shownJson(answer)) : {}),
    },
  };
}

/** Longest value of a form field that is kept, in characters. */
const LONGEST_VALUE = 4_096;

/** The fields of a form, as far as they are no longer together than other bodies. */
function shortFields(form: URLSearchParams): Readonly<Record<string, string>> {
  const kept: [string, string][] = [];
  let room = LONGEST_BODY;
  for (const [name, value] of form) {
    const short = value.slice(0, LONGEST_VALUE);
    room -= name.length + short.length;
    if (room < 0) break;
    kept.push([name, short]);
  }
  return Object.fromEntries(kept);
}

function isKind(headers: Headers, kind: string): boolean {
  return headers.get('content-type')?.includes(kind) === true;
}

function message(headers: Headers, body: string, showSecrets: boolean): RecordedMessage {
  const shown = [...headers].map(([name, value]): [string, string] => [
    name,
    showSecrets ? value : redactHeader(name, value),
  ]);
  return { headers: shown, size: Buffer.byteLength(body) };
}

function shortBody(body: string | undefined): Pick<RecordedMessage, 'body'> {
  return body === undefined || body === '' || body.length > LONGEST_BODY ? {} : { body };
}

/** Of answers of token endpoints. */
function issuedToken(answer: string): DecodedToken | undefined {
  if (!answer.includes('"access_token"')) return undefined;
  try {
    const body: unknown = JSON.parse(answer);
    const token = isObject(body) ? asText(body['access_token']) : undefined;
    return token === undefined ? undefined : decodeToken(token);
  } catch {
    return undefined;
  }
}
