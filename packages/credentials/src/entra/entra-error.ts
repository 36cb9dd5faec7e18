import { AmlAuthError, retryAfterMs, type AmlAuthErrorCode, type CorrelationIds } from '@aml-auth/core';
import type { IncomingReply } from '../lib/http/sender.js';
import { AADSTS_ERRORS } from './aadsts/aadsts-errors.js';
import { policyIdsIn } from './merge-claims.js';

/** Who tried to sign in, for texts. */
export interface SignInSubject {
  /** Origin of the authority, such as `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  /** The tenant that was asked: a GUID or a domain. */
  readonly tenantId: string;
  /** The application (client) id that was signed in with. */
  readonly clientId: string;
}

/** The fields of an error body of Microsoft Entra ID, as far as they are there. */
interface EntraErrorBody {
  readonly error?: string;
  readonly description?: string;
  readonly aadsts?: number;
  readonly suberror?: string;
  readonly claims?: string;
  readonly correlation: CorrelationIds;
}

/** `error` and `suberror` values that a person has to resolve. */
const INTERACTION: ReadonlySet<string> = new Set([
  'interaction_required',
  'consent_required',
  'login_required',
  'bad_token',
  'message_only',
  'additional_action',
  'basic_action',
  'user_password_expired',
]);

const CONFIGURATION: ReadonlySet<string> = new Set([
  'invalid_request',
  'invalid_resource',
  'invalid_scope',
  'invalid_tenant',
  'unsupported_grant_type',
]);

/**
 * The typed error for a refusal of the token endpoint (RFC 6749 section 5.2 with the fields of
 * Microsoft Entra ID). The code follows `error` and `suberror`; the AADSTS number chooses the
 * remedy, since Microsoft may change numbers and texts at any time.
 *
 * @param now - wall time in milliseconds since the epoch, for a `Retry-After` that is a date
 */
export function entraError(
  reply: IncomingReply,
  body: unknown,
  subject: SignInSubject,
  now: number,
): AmlAuthError {
  const parsed = parseEntraErrorBody(body);
  const facts = parsed.aadsts === undefined ? undefined : AADSTS_ERRORS[parsed.aadsts];
  const code = codeOf(reply.status, parsed, facts?.code);
  return new AmlAuthError({
    code,
    message: `${introduction(code, subject)} ${said(reply, parsed)}`,
    remedy: facts?.remedy(subject) ?? REMEDIES[code]?.(subject),
    aadsts: parsed.aadsts,
    status: reply.status,
    correlation: withRequestId(parsed.correlation, reply.headers),
    suberror: parsed.suberror,
    claims: parsed.claims,
    policyIds: policyIdsIn(parsed.claims),
    retryAfterMs: retryAfterMs(reply.headers, now),
  });
}

function codeOf(
  status: number,
  { error = '', suberror = '' }: EntraErrorBody,
  known: AmlAuthErrorCode | undefined,
): AmlAuthErrorCode {
  if (status === 429) return 'AML_THROTTLED';
  if (status >= 500 || error === 'temporarily_unavailable') return 'AML_SERVICE_UNAVAILABLE';
  if (known !== undefined) return known;
  if (INTERACTION.has(error) || INTERACTION.has(suberror)) return 'AML_INTERACTION_REQUIRED';
  if (CONFIGURATION.has(error)) return 'AML_CONFIG_INVALID';
  return error === '' ? 'AML_RESPONSE_INVALID' : 'AML_CREDENTIAL_REJECTED';
}

function introduction(code: AmlAuthErrorCode, { clientId, tenantId, authorityHost }: SignInSubject): string {
  if (code === 'AML_RESPONSE_INVALID') return `${authorityHost} did not answer as a token endpoint does:`;
  return `Application ${clientId} could not sign in to tenant ${tenantId}:`;
}

function said({ status }: IncomingReply, { error, description }: EntraErrorBody): string {
  return description ?? (error === undefined ? `status ${status}.` : `${error} (status ${status}).`);
}

const REMEDIES: Partial<Record<AmlAuthErrorCode, (subject: SignInSubject) => string>> = {
  AML_CREDENTIAL_REJECTED: ({ clientId }) =>
    `Check the credentials of application ${clientId} with "aml-auth sp credential list ${clientId}".`,
  AML_CONFIG_INVALID: () => 'Check the options tenantId and clientId, and the scope.',
  AML_INTERACTION_REQUIRED: () =>
    'Sign in in a browser to satisfy the policy of the tenant: "aml-auth login", or fromBrowser() in a program.',
  AML_RESPONSE_INVALID: () =>
    'Check that the authority host is right and that no proxy answers in its place.',
  AML_THROTTLED: () =>
    'Wait, then try again; share one credential object, or a token store, between callers.',
  AML_SERVICE_UNAVAILABLE: () => 'Try again later; https://status.azure.com shows outages.',
};

function parseEntraErrorBody(body: unknown): EntraErrorBody {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const text = (name: string): string | undefined => {
    const value = fields[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const description = text('error_description');
  const codes = fields['error_codes'];
  const first: unknown = Array.isArray(codes) ? codes[0] : undefined;
  const aadsts = typeof first === 'number' ? first : aadstsIn(description);
  return compact({
    error: text('error'),
    description: description === undefined ? undefined : withoutTrace(description),
    aadsts,
    suberror: text('suberror'),
    claims: text('claims'),
    correlation: compact({ correlationId: text('correlation_id'), traceId: text('trace_id') }),
  });
}

function aadstsIn(description: string | undefined): number | undefined {
  const digits = /^AADSTS(\d{1,9})\b/.exec(description ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The description without the ids at its end, which the error carries as fields; one line, of bearable length. */
function withoutTrace(description: string): string {
  const [text = ''] = description.split(/[\s]*Trace ID:/, 1);
  return text.replace(/\s+/g, ' ').slice(0, 600).trim();
}

function withRequestId(correlation: CorrelationIds, headers: Headers): CorrelationIds {
  return compact({
    ...correlation,
    requestId: headers.get('x-ms-request-id') ?? undefined,
    clientRequestId: headers.get('client-request-id') ?? undefined,
  });
}

/** Without the undefined fields. */
function compact<T extends object>(record: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
