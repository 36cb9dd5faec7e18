import type { AmlAuthError } from './errors.js';
import { redact } from './redact.js';

const SHOWN_QUERY = new Set(['api-version']);
const NAME_WIDTH = 15;

/** The text of `AmlAuthError.toReport`. */
export function errorReport(error: AmlAuthError): string {
  const { correlation, request } = error;
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    ['code', `${error.code} (${error.retryable ? 'may succeed later' : 'will not succeed unchanged'})`],
    ['message', error.message],
    ['remedy', error.remedy],
    ['status', error.status],
    [
      'service code',
      error.armCode ?? (error.aadsts === undefined ? undefined : `AADSTS${String(error.aadsts)}`),
    ],
    ['suberror', error.suberror],
    ['policies', error.policyIds?.join(', ')],
    ['retry after', error.retryAfterMs === undefined ? undefined : `${String(error.retryAfterMs)} ms`],
    ['claims', error.claims === undefined ? undefined : 'the service wants more; left out'],
    ['correlation id', correlation.correlationId],
    ['request id', correlation.requestId],
    ['client id', correlation.clientRequestId],
    ['trace id', correlation.traceId],
    ['clock', clockText(error.clockSkewMs)],
    ['request', request === undefined ? undefined : curl(request.method, request.url)],
    ['cause', causeName(error.cause)],
    ...(error.attempts ?? []).map(
      ({ method, code, message }) => ['attempt', `${method}: ${code} ${message}`] as const,
    ),
    ...(error.steps ?? []).map(({ step, outcome }) => ['step', `${outcome}: ${step}`] as const),
  ];
  const lines = facts
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name.padEnd(NAME_WIDTH)} ${redact(String(value)).replace(/\s+/g, ' ')}`);
  return ['aml-auth error report', ...lines].join('\n');
}

function clockText(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined;
  const seconds = Math.round(Math.abs(ms) / 1000);
  return `this machine is ${String(seconds)} seconds ${ms > 0 ? 'behind' : 'ahead of'} the service`;
}

/** Values of a query can be signatures and continuation tokens: only their names are shown. */
function curl(method: string, url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return method;
  const query = [...parsed.searchParams]
    .map(
      ([name, value]) =>
        `${encodeURIComponent(name)}=${SHOWN_QUERY.has(name) ? encodeURIComponent(value) : '…'}`,
    )
    .join('&');
  const target = `${parsed.origin}${parsed.pathname}${query === '' ? '' : `?${query}`}`.replaceAll(
    "'",
    '%27',
  );
  return `curl -X ${method} '${target}' -H "Authorization: Bearer $TOKEN"`;
}

/** The name and the code alone: messages of other libraries may hold anything. */
function causeName(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const { code } = cause as { code?: unknown };
  return typeof code === 'string' ? `${cause.name} ${code}` : cause.name;
}
