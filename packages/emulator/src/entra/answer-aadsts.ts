import type { Call } from '../http/call.js';
import { AADSTS } from './aadsts.js';
import { entraErrorBody, entraRefusal } from './entra-refusal.js';
import { errorAnswer } from './pages/error-answer.js';

/** Stands for a policy in the claims of faults. */
const A_POLICY = '00000000-0000-4000-8000-000000000000';
/** The codes whose bodies name the policies in the way. */
const POLICY_CODES = new Set([50076, 50079, 50158, 53000, 53001, 53003]);

/** Whether the emulator has an error with this number. */
export function isAadstsCode(code: number): boolean {
  return Object.hasOwn(AADSTS, code);
}

/** Every number that {@link answerAadsts} takes, in ascending order. */
export function aadstsCodes(): readonly number[] {
  return Object.keys(AADSTS)
    .map(Number)
    .sort((a, b) => a - b);
}

/**
 * Answers a request to Microsoft Entra ID with an error, whatever the request deserves: for faults. The
 * text is filled in from the request as far as it says enough. Browsers, on their way through the sign-in
 * pages, get a page.
 *
 * @param code - one of {@link aadstsCodes}; another number gives status 500 and `server_error`
 */
export function answerAadsts(call: Call, code: number): Response {
  const values = valuesOf(call);
  if (/\/(?:authorize|login)$/i.test(`/${call.segments.join('/')}`)) {
    return errorAnswer(call, entraErrorBody(call, code, values));
  }
  const claims = { access_token: { capolids: { essential: true, values: [A_POLICY] } } };
  const more = POLICY_CODES.has(code) ? { claims: JSON.stringify(claims) } : {};
  return entraRefusal(code, values, more).answer(call);
}

/** What the texts of errors speak of. */
function valuesOf(call: Call): Record<string, string> {
  const fields = new URLSearchParams([...call.query, ...new URLSearchParams(call.body)]);
  const { clock, store } = call.world;
  const now = new Date(clock.now()).toISOString();
  const field = (name: string): string => fields.get(name) ?? '';
  const client = field('client_id');
  const resource = field('resource') || field('scope').replace(/\/\.default$/, '');
  const application = store.list('applications').find(({ clientId }) => clientId === client.toLowerCase());
  return {
    client,
    name: application?.displayName ?? client,
    tenant: call.segments[0] ?? '',
    resource,
    audience: resource,
    expected: client,
    scope: field('scope'),
    user: field('username') || field('login_hint'),
    grant: field('grant_type'),
    redirectUri: field('redirect_uri'),
    method: call.method,
    reason: 'The key was not found.',
    lifetime: '3600',
    now,
    start: now,
    end: now,
    issued: now,
    validFrom: now,
  };
}
