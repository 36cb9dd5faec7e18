import { AmlAuthError, isAmlAuthError, parseGuid, restateError } from '@aml-auth/core';

import type { Graph } from '../graph/graph-client.js';
import { policyReach, type PolicyReach } from './policy-reach.js';
import { parseConditionalAccessPolicy, type ConditionalAccessPolicy } from './policy.js';

/** The collection in Microsoft Graph. */
export const POLICIES = '/identity/conditionalAccess/policies';

/** A policy, and how it reaches Azure Machine Learning. */
export interface ReachingPolicy {
  /** The policy. */
  readonly policy: ConditionalAccessPolicy;
  /** Whether it is for Azure Machine Learning, and why. */
  readonly reach: PolicyReach;
}

/** Which policies {@link listConditionalAccess} lists. */
export interface ListConditionalAccessOptions {
  /** True for those that do not reach Azure Machine Learning, too. Default false. */
  readonly all?: boolean | undefined;
  /** Ends the listing with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The Conditional Access policies that reach Azure Machine Learning, or may: those of which only the directory can
 * tell are among them. Needs Policy.Read.All.
 *
 * @throws {AmlAuthError} `AML_FORBIDDEN` without that permission; what the `GraphClient` throws
 */
export async function* listConditionalAccess(
  graph: Graph,
  { all = false, signal }: ListConditionalAccessOptions = {},
): AsyncGenerator<ReachingPolicy, void, undefined> {
  try {
    for await (const item of graph.list({ path: POLICIES, signal })) {
      const policy = parseConditionalAccessPolicy(item);
      const reach = policyReach(policy);
      if (all || reach.reaches !== 'no') yield { policy, reach };
    }
  } catch (error) {
    throw withPermission(error, 'Policy.Read.All');
  }
}

/** Which policy {@link getConditionalAccessPolicy} reads. */
export interface GetConditionalAccessPolicyOptions {
  /** Id of the policy (GUID). */
  readonly id: string;
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * One Conditional Access policy. Needs Policy.Read.All.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an id that is no GUID, `AML_NOT_FOUND`, `AML_FORBIDDEN`; what the
 *   `GraphClient` throws
 */
export async function getConditionalAccessPolicy(
  graph: Graph,
  { id, signal }: GetConditionalAccessPolicyOptions,
): Promise<ConditionalAccessPolicy> {
  const path = `${POLICIES}/${parseGuid(id, 'id')}`;
  try {
    return parseConditionalAccessPolicy((await graph.request({ method: 'GET', path, signal })).body);
  } catch (error) {
    throw withPermission(error, 'Policy.Read.All');
  }
}

/** A refusal that names the permission. */
export function withPermission(error: unknown, permission: string): unknown {
  if (!isAmlAuthError(error) || error.code !== 'AML_FORBIDDEN') return error;
  const remedy = `Sign in with the permission ${permission} of Microsoft Graph; people need a role such as Conditional Access Administrator or Security Reader besides.`;
  return restateError(error, { remedy });
}

/** An argument that cannot be used. */
export function invalidPolicy(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
