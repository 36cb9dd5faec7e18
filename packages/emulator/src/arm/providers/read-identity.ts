import { asText, isObject } from '../../core/json.js';
import { armRefusal } from '../arm-refusal.js';

/** The managed identities that a request asks for. */
export interface IdentityRequest {
  readonly identityType: string;
  /** Resource ids. */
  readonly userAssigned: readonly string[];
}

const PARTS = ['None', 'SystemAssigned', 'UserAssigned'];

/** Reads the `identity` block. Old samples write `systemAssigned`: the case of the type does not matter. */
export function readIdentity(value: unknown): IdentityRequest {
  const text = isObject(value) ? asText(value['type']) : undefined;
  const parts = text
    ?.split(',')
    .map((part) => PARTS.find((name) => name.toLowerCase() === part.trim().toLowerCase())) ?? [undefined];
  if (!isObject(value) || parts.includes(undefined)) {
    throw armRefusal(400, 'InvalidIdentityType', 'The identity type of the resource is not valid.');
  }
  const users = value['userAssignedIdentities'];
  return {
    identityType: parts.join(','),
    userAssigned: parts.includes('UserAssigned') && isObject(users) ? Object.keys(users) : [],
  };
}
