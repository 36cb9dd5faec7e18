import { AmlAuthError, isAmlAuthError, parseGuid } from '@aml-auth/core';

import { odataText } from '../arm/odata-filter.js';
import type { Graph } from '../graph/graph-client.js';
import { resolvePrincipal } from '../graph/resolve-principal.js';
import type { Principal } from '../graph/principal.js';
import { azureMlApplications } from './azure-ml-applications.js';
import { invalidPolicy, POLICIES, withPermission } from './policies.js';
import {
  parseConditionalAccessPolicy,
  type ConditionalAccessPolicy,
  type PolicySelection,
} from './policy.js';

/** What a new policy may want. */
export type PolicyControl = 'mfa' | 'compliantDevice' | 'domainJoinedDevice' | 'block';

/** The policy that {@link createConditionalAccessPolicy} makes. */
export interface CreateConditionalAccessPolicyOptions {
  /** At most 256 characters. */
  readonly displayName: string;
  /**
   * Object ids of users or groups that the policy never applies to: accounts that get in when the policy locks
   * everybody else out. At least one.
   */
  readonly breakGlass: readonly string[];
  /** What it takes to sign in. With several, all of them unless `operator` is `OR`. */
  readonly require: readonly PolicyControl[];
  /** Default `AND`. */
  readonly operator?: 'AND' | 'OR' | undefined;
  /** Object ids of users it is for. Default, where there are no groups either: all. */
  readonly users?: readonly string[] | undefined;
  /** Object ids of groups it is for. */
  readonly groups?: readonly string[] | undefined;
  /** Application ids it is for. Default: the usual ones of `azureMlApplications`. */
  readonly applications?: readonly string[] | undefined;
  /** Ends the call with `AML_CANCELLED`; the policy may have been made all the same. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@link createConditionalAccessPolicy} found or made. */
export interface CreatedConditionalAccessPolicy {
  /** As Microsoft Graph has it now. */
  readonly policy: ConditionalAccessPolicy;
  /** False where there was one of this name that wants the same. */
  readonly created: boolean;
}

/**
 * Makes a Conditional Access policy in report-only mode: the sign-in log shows whom it would stop, and nobody is
 * stopped. There is no option to enforce it at once; that is for a person to switch on, after a look at the log.
 *
 * Whoever is to be left out is looked up first: a policy whose exception does not exist would lock out all. Needs
 * Policy.Read.All and Policy.ReadWrite.ConditionalAccess, and the right to read those users and groups.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` without a break-glass account, and for anything malformed;
 *   `AML_NOT_FOUND` for one that is not there; `AML_CONFLICT` where another policy has the name; `AML_FORBIDDEN`;
 *   what the `GraphClient` throws
 */
export async function createConditionalAccessPolicy(
  graph: Graph,
  options: CreateConditionalAccessPolicyOptions,
): Promise<CreatedConditionalAccessPolicy> {
  const { displayName, signal } = options;
  const wanted = wantedPolicy(options, await breakGlassOf(graph, options));
  try {
    const existing = await byName(graph, displayName, signal);
    if (existing !== undefined) return asExisting(existing, wanted);
    const { body } = await graph.request({ method: 'POST', path: POLICIES, body: wanted, signal });
    return { policy: parseConditionalAccessPolicy(body), created: true };
  } catch (error) {
    throw withPermission(error, 'Policy.Read.All and Policy.ReadWrite.ConditionalAccess');
  }
}

async function breakGlassOf(
  graph: Graph,
  { breakGlass, signal }: CreateConditionalAccessPolicyOptions,
): Promise<readonly Principal[]> {
  if (lengthOf(breakGlass) === 0) {
    throw invalidPolicy(
      'The policy leaves nobody out: a mistake in it would lock out everybody, its author among them.',
      'Give breakGlass: the object id of an account for emergencies, or of a group with such accounts.',
    );
  }
  const found: Principal[] = [];
  for (const id of breakGlass) {
    const principal = await resolvePrincipal(graph, { objectId: id }, { signal }).catch((error: unknown) => {
      throw withPermission(error, 'Directory.Read.All, by which it is seen that whoever is left out exists');
    });
    if (principal.type !== 'User' && principal.type !== 'Group') {
      throw invalidPolicy(
        `The break-glass account ${id} is a ${principal.type}; policies for people leave out users and groups.`,
        'Give the object id of a user or a group.',
      );
    }
    found.push(principal);
  }
  return found;
}

interface WantedPolicy {
  readonly displayName: string;
  readonly state: string;
  readonly conditions: Readonly<
    Record<string, Readonly<Record<string, readonly string[]>> | readonly string[]>
  >;
  readonly grantControls: { readonly operator: string; readonly builtInControls: readonly string[] };
}

function wantedPolicy(
  options: CreateConditionalAccessPolicyOptions,
  breakGlass: readonly Principal[],
): WantedPolicy {
  const { displayName, require: controls, operator = 'AND', users = [], groups = [] } = options;
  if (typeof displayName !== 'string' || displayName.trim() === '' || displayName.length > 256) {
    throw invalidPolicy(
      'displayName is empty, longer than 256 characters, or no text.',
      'Give another name.',
    );
  }
  if (lengthOf(controls) === 0 || (controls.includes('block') && controls.length > 1)) {
    throw invalidPolicy(
      'The policy wants nothing, or a block besides something else.',
      'Give require: ["mfa"].',
    );
  }
  const applications =
    options.applications ?? azureMlApplications.filter(({ usual }) => usual).map(({ appId }) => appId);
  if (applications.length === 0)
    throw invalidPolicy('The policy is for no application.', 'Give applications.');
  const ids = (list: readonly string[], name: string): readonly string[] =>
    list.map((id) => parseGuid(id, name));
  const idsOf = (type: Principal['type']): readonly string[] =>
    breakGlass.filter((principal) => principal.type === type).map(({ objectId }) => objectId);
  const isForAll = users.length === 0 && groups.length === 0;
  return {
    displayName,
    state: 'enabledForReportingButNotEnforced',
    conditions: {
      clientAppTypes: ['all'],
      applications: { includeApplications: ids(applications, 'applications') },
      users: {
        includeUsers: isForAll ? ['All'] : ids(users, 'users'),
        includeGroups: ids(groups, 'groups'),
        excludeUsers: idsOf('User'),
        excludeGroups: idsOf('Group'),
      },
    },
    grantControls: { operator, builtInControls: controls },
  };
}

/** Callers without types may leave a list out. */
function lengthOf(list: readonly unknown[] | undefined): number {
  return list?.length ?? 0;
}

async function byName(
  graph: Graph,
  displayName: string,
  signal: AbortSignal | undefined,
): Promise<ConditionalAccessPolicy | undefined> {
  const query = { $filter: `displayName eq ${odataText(displayName)}` };
  for await (const item of graph.list({ path: POLICIES, query, signal }))
    return parseConditionalAccessPolicy(item);
  return undefined;
}

/** It may have been enforced since: that stays as it is. */
function asExisting(policy: ConditionalAccessPolicy, wanted: WantedPolicy): CreatedConditionalAccessPolicy {
  const other = parseConditionalAccessPolicy({ id: policy.id, ...wanted });
  const parts = (one: ConditionalAccessPolicy): readonly PolicySelection[] => [
    one.applications,
    one.users,
    one.groups,
    one.roles,
    one.servicePrincipals,
    { include: one.controls, exclude: [one.operator, one.signInFrequency ?? '', String(one.namesGuests)] },
    { include: one.authenticationContexts, exclude: one.userActions },
  ];
  const sorted = (one: ConditionalAccessPolicy): string =>
    JSON.stringify(parts(one).map(({ include, exclude }) => [[...include].sort(), [...exclude].sort()]));
  if (sorted(policy) === sorted(other) && policy.applicationFilter === undefined)
    return { policy, created: false };
  throw new AmlAuthError({
    code: 'AML_CONFLICT',
    message: `There is a Conditional Access policy named ${JSON.stringify(policy.displayName)} that wants something else (${policy.id}).`,
    remedy: 'Look at it (describePolicy), and give the new one another name.',
  });
}

/** Which policy {@link deleteConditionalAccessPolicy} deletes. */
export interface DeleteConditionalAccessPolicyOptions {
  /** Id of the policy (GUID). */
  readonly id: string;
  /** Ends the call with `AML_CANCELLED`; the policy may be gone all the same. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Deletes a policy that is not enforced. Answers false where it was not there. Needs Policy.Read.All and
 * Policy.ReadWrite.ConditionalAccess.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an id that is no GUID; `AML_CONFLICT` for one that is enforced: a
 *   person switches that off; `AML_FORBIDDEN`; what the `GraphClient` throws
 */
export async function deleteConditionalAccessPolicy(
  graph: Graph,
  { id, signal }: DeleteConditionalAccessPolicyOptions,
): Promise<boolean> {
  const path = `${POLICIES}/${parseGuid(id, 'id')}`;
  try {
    const { state, displayName } = parseConditionalAccessPolicy(
      (await graph.request({ method: 'GET', path, signal })).body,
    );
    if (state === 'enabled') {
      throw new AmlAuthError({
        code: 'AML_CONFLICT',
        message: `The Conditional Access policy ${JSON.stringify(displayName)} is enforced, and is not deleted here.`,
        remedy: 'Switch it off in the Microsoft Entra admin center first, if nobody needs it.',
      });
    }
    await graph.request({ method: 'DELETE', path, signal });
    return true;
  } catch (error) {
    if (isAmlAuthError(error) && error.code === 'AML_NOT_FOUND') return false;
    throw withPermission(error, 'Policy.Read.All and Policy.ReadWrite.ConditionalAccess');
  }
}
