import { AmlAuthError, isAmlAuthError, restateError, toAmlAuthError, type ChangeStep } from '@aml-auth/core';
import type { ArmClient } from '@aml-auth/rest';
import * as z from 'zod';

import type { Arm } from '../arm/authorization-path.js';
import { parseReply } from '../arm/parse-reply.js';
import {
  chooseIdentity,
  parseIdentityBlock,
  type ChosenIdentity,
  type IdentityBlock,
} from './identity-block.js';
import { identityResource, USER_ASSIGNED_IDENTITY, VIRTUAL_MACHINE } from './identity-resources.js';

/** The part of an `ArmClient` that switches an identity on. */
export type IdentityArm = Arm & Pick<ArmClient, 'startOperation'>;

/** A managed identity by which something runs. */
export interface ManagedIdentity {
  /** Resource id of what has it, or is it. */
  readonly resource: string;
  /** Object id: what roles are assigned to. */
  readonly principalId: string;
  /** Resource id of a user-assigned one; undefined for a system-assigned one. */
  readonly identityId?: string | undefined;
  /** Whether it was off, and was switched on just now. */
  readonly switchedOn: boolean;
}

/** Which identity {@link requireIdentity} is to find. */
export interface IdentityQuery {
  /**
   * Resource id of a virtual machine, a compute (cluster or instance), an endpoint or a workspace of Azure Machine
   * Learning, or of a user-assigned identity itself.
   */
  readonly resource: string;
  /**
   * `system`, or the resource id of a user-assigned one. Default: the system-assigned one where it is on, else the only
   * user-assigned one.
   */
  readonly identity?: string | undefined;
  /** Whether the system-assigned identity of a virtual machine is switched on where there is none. Default true. */
  readonly switchOn?: boolean | undefined;
  /** Ends the call with `AML_CANCELLED`; an identity may have been switched on. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The managed identity of a resource, from Azure Resource Manager alone: no permission of Microsoft Graph is needed. The
 * system-assigned identity of a virtual machine is switched on where it is off; its user-assigned ones stay.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a resource of another kind; `AML_NOT_FOUND` where there is no such
 *   identity; `AML_AMBIGUOUS`; what the `ArmClient` throws; with `steps` where the identity may have been switched on
 */
export async function requireIdentity(arm: IdentityArm, query: IdentityQuery): Promise<ManagedIdentity> {
  const { resource, signal } = query;
  const { type, apiVersion } = identityResource(resource);
  const body = await read(arm, resource, apiVersion, signal);
  if (type === USER_ASSIGNED_IDENTITY) {
    const { principalId } = parseReply(userAssignedIdentity, body, 'user-assigned identity');
    return { resource, principalId, identityId: resource, switchedOn: false };
  }
  const block = parseIdentityBlock(body);
  const chosen = chooseIdentity(block, query.identity);
  if (chosen.kind === 'on') return found(resource, chosen, false);
  if (type !== VIRTUAL_MACHINE || query.switchOn === false) throw off(resource, type);
  return found(resource, await switchOn(arm, query, block, apiVersion), true);
}

const userAssignedIdentity = z.object({ principalId: z.string().min(1) });

/** In words, for the steps of an error. */
export function switchOnStep(resource: string, outcome: ChangeStep['outcome']): ChangeStep {
  return { step: `switch on the system-assigned identity of ${resource}`, outcome, id: resource };
}

type OnIdentity = Extract<ChosenIdentity, { kind: 'on' }>;

function found(
  resource: string,
  { principalId, identityId }: OnIdentity,
  switchedOn: boolean,
): ManagedIdentity {
  return { resource, principalId, ...(identityId === undefined ? {} : { identityId }), switchedOn };
}

async function read(
  arm: Arm,
  path: string,
  apiVersion: string,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  return (await arm.request({ method: 'GET', path, apiVersion, signal })).body;
}

/** As Microsoft Learn has it: a patch names the user-assigned identities that are to stay. */
async function switchOn(
  arm: IdentityArm,
  { resource, signal }: IdentityQuery,
  block: IdentityBlock,
  apiVersion: string,
): Promise<OnIdentity> {
  const kept = block.userAssignedIds.map((id) => [id, {}] as const);
  const identity =
    kept.length === 0
      ? { type: 'SystemAssigned' }
      : { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: Object.fromEntries(kept) };
  try {
    const operation = await arm.startOperation({
      method: 'PATCH',
      path: resource,
      apiVersion,
      body: { identity },
      signal,
    });
    await operation.result({ signal });
    const chosen = chooseIdentity(
      parseIdentityBlock(await read(arm, resource, apiVersion, signal)),
      'system',
    );
    if (chosen.kind === 'on') return chosen;
  } catch (error) {
    const cause = toAmlAuthError(error);
    const isSure = isAmlAuthError(error) && REFUSED.has(cause.code);
    throw restateError(cause, { steps: [switchOnStep(resource, isSure ? 'failed' : 'unclear')] });
  }
  throw new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `Azure switched the identity of ${resource} on, and does not tell its object id.`,
    remedy: 'Make the same call again.',
    steps: [switchOnStep(resource, 'done')],
  });
}

/** After these nothing was changed. */
const REFUSED: ReadonlySet<string> = new Set([
  'AML_FORBIDDEN',
  'AML_UNAUTHENTICATED',
  'AML_NOT_FOUND',
  'AML_CONFLICT',
  'AML_REQUEST_REJECTED',
  'AML_THROTTLED',
]);

function off(resource: string, type: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: `${resource} has no managed identity.`,
    remedy:
      type === VIRTUAL_MACHINE
        ? 'Switch its system-assigned identity on, or leave switchOn out.'
        : 'Give it one first (az ml compute update --identity-type), which writes the whole resource and is not done here.',
  });
}
