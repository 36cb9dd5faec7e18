import { readAccessPolicy } from '../../conditional-access/access-policy.js';
import { describeEvaluation } from '../../conditional-access/describe-evaluation.js';
import {
  evaluateAccess,
  type AccessRequest,
  type AccessSubject,
  type Evaluation,
} from '../../conditional-access/evaluate-access.js';
import { membershipsOf } from '../../core/memberships.js';
import type { Tenant, User } from '../../core/tables.js';
import type { Refusal } from '../../http/answer.js';
import type { Call } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';
import { resourceAppIds } from '../resources.js';
import { keepDecision } from './decision-trace.js';

/** A user's request for a token. */
export interface UserAccess {
  readonly user: User;
  /** `aud` of the token. */
  readonly audience: string;
  /** Whether the client is a program on the user's machine. */
  readonly isPublicClient: boolean;
  /** How the user signed in (RFC 8176). */
  readonly amr: readonly string[];
}

/**
 * Holds a user's token request against the Conditional Access policies of the tenant.
 *
 * @throws a refusal: AADSTS53003, 50076, 50079, 53000, 53001
 */
export function checkUserAccess(call: Call, tenant: Tenant, access: UserAccess): void {
  const { user, audience, isPublicClient, amr } = access;
  const subject: AccessSubject = {
    kind: 'user',
    id: user.id,
    groups: membershipsOf(call.world.store, tenant.id).groupsOf(user.id),
    roles: new Set(),
  };
  const request: AccessRequest = {
    subject,
    resource: resourceAppIds(call.world.hosts, audience),
    clientAppType: isPublicClient ? 'mobileAppsAndDesktopClients' : 'browser',
    fulfilled: new Set(amr.includes('mfa') ? ['mfa'] : []),
  };
  decide(call, tenant, request, user.mfa === 'registered' ? 50076 : 50079);
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
  };
  decide(call, tenant, request, 53003);
}

function decide(call: Call, tenant: Tenant, request: AccessRequest, mfaCode: number): void {
  const policies = call.world.store
    .list('conditionalAccessPolicies')
    .filter(({ tenantId }) => tenantId === tenant.id)
    .map(readAccessPolicy);
  const evaluation = evaluateAccess(policies, request);
  const { kind, id } = request.subject;
  call.trace.conditionalAccess = { subject: { kind, id }, tenantId: tenant.id, evaluation };
  if (evaluation.outcomes.length > 0) keepDecision(call, describeEvaluation(evaluation));
  if (evaluation.verdict !== 'granted') throw refusalOf(evaluation, request, mfaCode);
}

function refusalOf(
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
    compliantDevice: 53000,
    domainJoinedDevice: 53001,
  };
  // What a person can do comes first; nothing fulfils the controls that have no code of their own.
  const control = Object.keys(codes).find((name) => missing.includes(name)) ?? missing[0] ?? '';
  return refuse(
    codes[control] ?? 53003,
    enforced.filter((outcome) => outcome.missing.includes(control)),
  );
}

/** The policies in the way, as a claims request (OpenID Connect Core, section 5.5). */
function claimsOf(values: readonly string[]): string {
  return JSON.stringify({ access_token: { capolids: { essential: true, values } } });
}
