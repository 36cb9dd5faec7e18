import { isAmlAuthError, isGuid, parseTenantId, type AmlAuthError } from '@aml-auth/core';

import type { Graph } from '../graph/graph-client.js';
import { demandsOf } from './describe-policy.js';
import { getConditionalAccessPolicy } from './policies.js';
import type { ConditionalAccessPolicy } from './policy.js';

/** A refused sign-in, as much as is known of it: an `AmlAuthError` has all of it. */
export type BlockedSignIn = Pick<
  Partial<AmlAuthError>,
  'aadsts' | 'policyIds' | 'claims' | 'suberror' | 'remedy'
>;

/** A policy that a refusal names. */
export interface BlockingPolicy {
  /** GUID, in lower case, as the refusal named it. */
  readonly id: string;
  /** Undefined where it could not be read; then `error` says why. */
  readonly policy?: ConditionalAccessPolicy;
  /** What it wants, in words. */
  readonly wants?: string;
  /** Why the policy could not be read, such as `AML_FORBIDDEN`. */
  readonly error?: AmlAuthError;
}

/** Why a sign-in was refused, and what helps. */
export interface WhyBlocked {
  /** One sentence. */
  readonly summary: string;
  /** Every policy that the refusal names; empty where it names none. */
  readonly policies: readonly BlockingPolicy[];
  /** The next step. */
  readonly remedy: string;
  /** The command by which a person signs in with what the refusal asks for, where that can help. */
  readonly command?: string;
}

/** How {@link whyBlocked} asks. */
export interface WhyBlockedOptions {
  /** The tenant of the sign-in, for the command. */
  readonly tenantId?: string | undefined;
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/** Refusals that a person's next sign-in can meet. */
const STEP_UPS = new Set([50074, 50076, 50079, 50158, 70043]);
/** What reading can fail with so that the answer is only shorter. */
const UNREADABLE = new Set(['AML_FORBIDDEN', 'AML_NOT_FOUND', 'AML_UNAUTHENTICATED', 'AML_NETWORK']);

/**
 * Why Conditional Access refused a sign-in, from the ids of policies that the refusal names (`capolids` of its claims).
 * Those policies alone are read, where the caller may; without Microsoft Graph, or the permission for it, the answer
 * still has the ids and the next step.
 *
 * @param graph - undefined where there is none
 * @throws {AmlAuthError} `AML_CANCELLED`, and what else is no reason for a shorter answer
 */
export async function whyBlocked(
  graph: Graph | undefined,
  blocked: BlockedSignIn,
  options: WhyBlockedOptions = {},
): Promise<WhyBlocked> {
  const ids = policyIdsOf(blocked);
  const policies = await Promise.all(ids.map((id) => read(graph, id, options.signal)));
  const command = commandOf(blocked, policies, options);
  return {
    summary: summaryOf(blocked, policies),
    policies,
    remedy: remedyOf(blocked, policies, command),
    ...(command === undefined ? {} : { command }),
  };
}

async function read(
  graph: Graph | undefined,
  id: string,
  signal: AbortSignal | undefined,
): Promise<BlockingPolicy> {
  if (graph === undefined) return { id };
  try {
    const policy = await getConditionalAccessPolicy(graph, { id, signal });
    return { id, policy, wants: demandsOf(policy) };
  } catch (error) {
    if (isAmlAuthError(error) && UNREADABLE.has(error.code)) return { id, error };
    throw error;
  }
}

/** The ids in an error, or in the claims that came with it. */
function policyIdsOf({ policyIds, claims }: BlockedSignIn): readonly string[] {
  const ids = policyIds ?? idsIn(claims);
  return [...new Set(ids.filter(isGuid).map((id) => id.toLowerCase()))];
}

function idsIn(claims: string | undefined): readonly string[] {
  try {
    const asked = JSON.parse(claims ?? '{}') as { access_token?: { capolids?: { values?: unknown } } } | null;
    const values = asked?.access_token?.capolids?.values;
    return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
  } catch {
    return [];
  }
}

function summaryOf({ aadsts }: BlockedSignIn, policies: readonly BlockingPolicy[]): string {
  const number = aadsts === undefined ? '' : ` (AADSTS${String(aadsts)})`;
  if (policies.length === 0) {
    return `The refusal${number} names no Conditional Access policy: the sign-in log of the tenant does, if there is one.`;
  }
  const names = policies.map(({ id, policy, wants }) =>
    policy === undefined
      ? `policy ${id}`
      : `policy ${JSON.stringify(policy.displayName)} (${id}), which ${policy.controls.includes('block') ? 'blocks it' : `wants ${wants ?? ''}`}`,
  );
  return `Conditional Access refused the sign-in${number}: ${names.join('; ')}.`;
}

function blocks(policies: readonly BlockingPolicy[]): boolean {
  return policies.some(({ policy }) => policy?.controls.includes('block') === true);
}

/** A sign-in with these claims; none where nothing that a person does can meet a policy. */
function commandOf(
  { aadsts, claims }: BlockedSignIn,
  policies: readonly BlockingPolicy[],
  { tenantId }: WhyBlockedOptions,
): string | undefined {
  if (aadsts === undefined || !STEP_UPS.has(aadsts) || blocks(policies)) return undefined;
  const tenant = tenantId === undefined ? '' : ` --tenant ${parseTenantId(tenantId)}`;
  const challenge =
    claims === undefined ? '' : ` --claims-challenge ${Buffer.from(claims, 'utf8').toString('base64')}`;
  return `az login${tenant}${challenge}`;
}

function remedyOf(
  { remedy }: BlockedSignIn,
  policies: readonly BlockingPolicy[],
  command: string | undefined,
): string {
  if (blocks(policies)) {
    return 'No sign-in meets a policy that blocks: use another place, device or identity, or ask its owner for an exception.';
  }
  if (command !== undefined) return 'Sign in again as a person, with what the policies want.';
  return remedy ?? 'Ask the administrator of the tenant, and give the ids of the policies.';
}
