import type { AccessPolicy, Selection } from './access-policy.js';

/** Who wants a token. Ids are in lower case. */
export type AccessSubject =
  | {
      readonly kind: 'user';
      /** Object id of the user. */
      readonly id: string;
      /** Groups that the user is in, directly or through others. */
      readonly groups: ReadonlySet<string>;
      /** Template ids of directory roles. */
      readonly roles: ReadonlySet<string>;
    }
  /** Object id of the service principal. */
  | { readonly kind: 'application'; readonly id: string };

/** A token that is asked for. */
export interface AccessRequest {
  readonly subject: AccessSubject;
  /** Application ids of the resource, in lower case; a service may have several. */
  readonly resource: readonly string[];
  readonly clientAppType: 'browser' | 'mobileAppsAndDesktopClients';
  /** Controls that are fulfilled, such as `mfa`. */
  readonly fulfilled: ReadonlySet<string>;
  /** Authentication contexts that the request asks for, in lower case. */
  readonly contexts: ReadonlySet<string>;
  /** The place that the request comes from: ids of named locations, and `alltrusted` in a trusted one. */
  readonly locations: ReadonlySet<string>;
  /** How the user signed in, where it is one of the ways that policies can name: `devicecodeflow`. */
  readonly flow: string | null;
  /** Milliseconds since the user signed in; 0 for applications. */
  readonly signInAge: number;
}

/** What {@link PolicyOutcome.missing} calls a sign-in that is too old. */
export const SIGN_IN_FREQUENCY = 'signInFrequency';

/** What a policy says about a request. Policies that do not apply say nothing. */
export interface PolicyOutcome {
  /** GUID of the policy. */
  readonly id: string;
  /** Its display name. */
  readonly name: string;
  /** Whether it only reports, and its result has no part in the verdict. */
  readonly reportOnly: boolean;
  /** Whether the request has what the policy wants, lacks something, or is blocked by it. */
  readonly result: 'satisfied' | 'unsatisfied' | 'blocked';
  /** Controls that are still to be fulfilled. */
  readonly missing: readonly string[];
  /** Milliseconds after which a sign-in no longer counts for the policy; null for no limit. */
  readonly signInFrequency: number | null;
}

/** Whether a token may be issued, and why. */
export interface Evaluation {
  /**
   * `granted`: all enforced policies are satisfied; `unsatisfied`: `missing` could be made up for; `blocked`:
   * nothing helps.
   */
  readonly verdict: 'granted' | 'unsatisfied' | 'blocked';
  /** What the enforced policies still want, without repetition. */
  readonly missing: readonly string[];
  /** The policies that apply, in their order; those that only report among them. */
  readonly outcomes: readonly PolicyOutcome[];
}

/**
 * Holds a request against Conditional Access policies. All that apply must be satisfied, and one that
 * blocks wins (Microsoft, "Building a Conditional Access policy"). Pure.
 */
export function evaluateAccess(policies: readonly AccessPolicy[], request: AccessRequest): Evaluation {
  const outcomes = policies
    .filter((policy) => applies(policy, request))
    .map((policy) => outcomeOf(policy, request));
  const enforced = outcomes.filter(({ reportOnly }) => !reportOnly);
  const isBlocked = enforced.some(({ result }) => result === 'blocked');
  const missing = [...new Set(enforced.flatMap((outcome) => outcome.missing))];
  const verdict = isBlocked ? 'blocked' : missing.length > 0 ? 'unsatisfied' : 'granted';
  return { verdict, missing, outcomes };
}

function applies(policy: AccessPolicy, request: AccessRequest): boolean {
  const { subject, clientAppType } = request;
  if (policy.state === 'disabled' || !policy.appliesToUnknownCircumstances) return false;
  const isForClient =
    policy.clientAppTypes.has('all') || policy.clientAppTypes.has(clientAppType.toLowerCase());
  if (!isForClient || !isFor(policy, request) || !isThere(policy, request)) return false;
  return subject.kind === 'user'
    ? appliesToUser(policy, subject)
    : selects(policy.workloads, new Set(['serviceprincipalsinmytenant', subject.id]));
}

/** A policy is for resources or for authentication contexts. */
function isFor(
  { applications, contexts: own }: AccessPolicy,
  { resource, contexts }: AccessRequest,
): boolean {
  return own.size > 0 ? meet(own, contexts) : selects(applications, new Set(['all', ...resource]));
}

function isThere({ locations, flows }: AccessPolicy, { locations: here, flow }: AccessRequest): boolean {
  if (locations !== null && !selects(locations, new Set(['all', ...here]))) return false;
  return flows === null || (flow !== null && flows.has(flow));
}

function appliesToUser(
  { users, groups, roles }: AccessPolicy,
  subject: AccessSubject & { readonly kind: 'user' },
): boolean {
  const pairs: readonly (readonly [Selection, ReadonlySet<string>])[] = [
    [users, new Set(['all', subject.id])],
    [groups, subject.groups],
    [roles, subject.roles],
  ];
  const isExcluded = pairs.some(([{ exclude }, own]) => meet(exclude, own));
  return !isExcluded && pairs.some(([{ include }, own]) => meet(include, own));
}

function selects({ include, exclude }: Selection, own: ReadonlySet<string>): boolean {
  return meet(include, own) && !meet(exclude, own);
}

function meet(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return [...left].some((name) => right.has(name));
}

function outcomeOf(policy: AccessPolicy, request: AccessRequest): PolicyOutcome {
  const outcome = grantOutcome(policy, request);
  const { signInFrequency } = policy;
  if (outcome.result === 'blocked' || signInFrequency === null) return outcome;
  if (request.signInAge <= signInFrequency) return outcome;
  return { ...outcome, result: 'unsatisfied', missing: [...outcome.missing, SIGN_IN_FREQUENCY] };
}

function grantOutcome(policy: AccessPolicy, { subject, fulfilled }: AccessRequest): PolicyOutcome {
  const { id, name, state, operator, controls } = policy;
  const about = { id, name, reportOnly: state === 'reportOnly', signInFrequency: policy.signInFrequency };
  if (controls.includes('block')) return { ...about, result: 'blocked', missing: [] };
  // Applications cannot fulfil anything: their policies block or do nothing.
  const open = subject.kind === 'application' ? [] : controls.filter((control) => !fulfilled.has(control));
  const isSatisfied = open.length === 0 || (operator === 'OR' && open.length < controls.length);
  if (isSatisfied) return { ...about, result: 'satisfied', missing: [] };
  // Where one of several is enough, clients are asked for the one that a person can do at once.
  const missing = operator === 'AND' ? open : [open.find((control) => control === 'mfa') ?? open[0] ?? ''];
  return { ...about, result: 'unsatisfied', missing };
}
