import { AmlAuthError } from '@aml-auth/core';
import * as z from 'zod';

import { optionalText, parseReply } from '../arm/parse-reply.js';

/** The managed identities of a resource. */
export interface IdentityBlock {
  /** Object id of the system-assigned one; undefined where it is off. */
  readonly system: string | undefined;
  /** Object ids of the user-assigned ones, by resource id. */
  readonly userAssigned: ReadonlyMap<string, string>;
  /** Resource ids of all user-assigned ones, those whose object id is not told among them. */
  readonly userAssignedIds: readonly string[];
}

const resource = z.object({
  identity: z
    .object({
      principalId: optionalText,
      userAssignedIdentities: z
        .record(z.string(), z.object({ principalId: optionalText }).nullish())
        .nullish(),
    })
    .nullish(),
});

/**
 * The managed identities in what Azure Resource Manager answers for a resource.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parseIdentityBlock(input: unknown): IdentityBlock {
  const { identity } = parseReply(resource, withoutProperties(input), 'resource with managed identities');
  const userAssigned = new Map<string, string>();
  for (const [id, held] of Object.entries(identity?.userAssignedIdentities ?? {})) {
    if (held?.principalId !== undefined) userAssigned.set(id, held.principalId);
  }
  const userAssignedIds = Object.keys(identity?.userAssignedIdentities ?? {});
  return { system: identity?.principalId, userAssigned, userAssignedIds };
}

/** A property of the resource may be called `identity`, too. */
function withoutProperties(input: unknown): unknown {
  return typeof input === 'object' && input !== null ? { ...input, properties: undefined } : input;
}

/** The identity that is meant, or that the system-assigned one is off. */
export type ChosenIdentity =
  | { readonly kind: 'on'; readonly principalId: string; readonly identityId?: string | undefined }
  | { readonly kind: 'off' };

/**
 * Which identity of a resource is meant. Of several, the system-assigned one, by which programs sign in that name
 * none; without it, the only user-assigned one. Pure.
 *
 * @param wanted - `system`, or the resource id of a user-assigned one; undefined for whichever there is
 * @throws {AmlAuthError} `AML_NOT_FOUND` for one that the resource does not have; `AML_AMBIGUOUS`
 */
export function chooseIdentity(
  block: Pick<IdentityBlock, 'system' | 'userAssigned'>,
  wanted: string | undefined,
): ChosenIdentity {
  const { system, userAssigned } = block;
  if (wanted !== undefined && wanted !== 'system') {
    const found = [...userAssigned].find(([id]) => id.toLowerCase() === wanted.toLowerCase());
    if (found === undefined) throw notAssigned(wanted, userAssigned);
    return { kind: 'on', principalId: found[1], identityId: found[0] };
  }
  if (system !== undefined) return { kind: 'on', principalId: system };
  if (wanted === 'system' || userAssigned.size === 0) return { kind: 'off' };
  const [[identityId, principalId] = ['', ''], ...others] = [...userAssigned];
  if (others.length > 0) throw ambiguous(userAssigned);
  return { kind: 'on', principalId, identityId };
}

function notAssigned(wanted: string, userAssigned: ReadonlyMap<string, string>): AmlAuthError {
  const list = userAssigned.size === 0 ? 'none' : [...userAssigned.keys()].join(', ');
  return new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: `The resource does not have the user-assigned identity ${JSON.stringify(wanted.slice(0, 300))}; it has ${list}.`,
    remedy: 'Assign the identity to the resource first, or name one that it has.',
  });
}

function ambiguous(userAssigned: ReadonlyMap<string, string>): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_AMBIGUOUS',
    message: `The resource has several user-assigned identities: ${[...userAssigned.keys()].join(', ')}.`,
    remedy: 'Name the one that the program signs in with.',
  });
}
