import { describeEvaluation } from '../../conditional-access/describe-evaluation.js';
import {
  evaluateAccess,
  SIGN_IN_FREQUENCY,
  type AccessRequest,
  type Evaluation,
} from '../../conditional-access/evaluate-access.js';
import type { Tenant } from '../../core/directory-rows.js';
import type { Refusal } from '../../http/answer.js';
import type { Call } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';
import { resourceAppIds } from '../resources.js';
import { keepDecision } from './decision-trace.js';
import { locationsOf } from './locations-of.js';
import { policiesOf, userRequest, type UserAccess } from './evaluate-user-access.js';

/**
 * Holds a user's token request against the Conditional Access policies of the tenant.
 *
 * @throws a refusal: AADSTS53003, 50076, 50079, 50158, 53000, 53001, 70043
 */
export function checkUserAccess(call: Call, tenant: Tenant, access: UserAccess): void {
  const mfaCode = access.user.mfa === 'registered' ? 50076 : 50079;
  decide(call, tenant, userRequest(call, tenant, access), mfaCode);
}

/**
 * Holds a token request of an application for itself against the policies for workload identities.
 *
 * @param principalId - object id of its service principal
 * @throws a refusal: AADSTS53003
 */
export function checkApplicationAccess(
  call: Call,
  tenant: Tenant,
  principalId: string,
  audience: string,
): void {
  const request: AccessRequest = {
    subject: { kind: 'application', id: principalId },
    resource: resourceAppIds(call.world.hosts, audience),
    clientAppType: 'mobileAppsAndDesktopClients',
    fulfilled: new Set(),
    contexts: new Set(),
    locations: locationsOf(call, tenant),
    flow: null,
    signInAge: 0,
  };
  decide(call, tenant, request, 53003);
}

function decide(call: Call, tenant: Tenant, request: AccessRequest, mfaCode: number): void {
  const evaluation = evaluateAccess(policiesOf(call, tenant), request);
  const { kind, id } = request.subject;
  call.trace.conditionalAccess = { subject: { kind, id }, tenantId: tenant.id, evaluation };
  if (evaluation.outcomes.length > 0) keepDecision(call, describeEvaluation(evaluation));
  if (evaluation.verdict !== 'granted') throw refusalOf(call, evaluation, request, mfaCode);
}

function refusalOf(
  call: Call,
  { verdict, missing, outcomes }: Evaluation,
  request: AccessRequest,
  mfaCode: number,
): Refusal {
  const enforced = outcomes.filter(({ reportOnly }) => !reportOnly);
  const resource = request.resource[0] ?? '';
  const refuse = (code: number, policies: Evaluation['outcomes']): Refusal =>
    entraRefusal(code, { resource }, { claims: claimsOf(policies.map(({ id }) => id)) });
  if (verdict === 'blocked') {
    return refuse(
      53003,
      enforced.filter(({ result }) => result === 'blocked'),
    );
  }
  const codes: Readonly<Record<string, number>> = {
    mfa: mfaCode,
    customAuthenticationFactor: 50158,
    compliantDevice: 53000,
    domainJoinedDevice: 53001,
  };
  // What a person can do comes first; nothing fulfils the controls that have no code of their own.
  const control = Object.keys(codes).find((name) => missing.includes(name)) ?? missing[0] ?? '';
  const policies = enforced.filter((outcome) => outcome.missing.includes(control));
  if (control === SIGN_IN_FREQUENCY) return tooOld(call, request, policies);
  return refuse(codes[control] ?? 53003, policies);
}

/** The client has to ask its user anew; which policy wants it is not told. */
function tooOld(call: Call, { signInAge }: AccessRequest, policies: Evaluation['outcomes']): Refusal {
  const limits = policies.map(({ signInFrequency }) => signInFrequency ?? Infinity);
  const issued = new Date(call.world.clock.now() - signInAge).toISOString();
  return entraRefusal(70043, { issued, lifetime: String(Math.min(...limits) / 1000) });
}

/** The policies in the way, as a claims request (OpenID Connect Core, section 5.5). */
function claimsOf(values: readonly string[]): string {
  return JSON.stringify({ access_token: { capolids: { essential: true, values } } });
}
