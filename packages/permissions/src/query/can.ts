import { createDecider } from '../decide/create-decider.js';
import type { AccessRequest, AccessSnapshot } from '../types.js';

/** Whether a request is allowed for sure: `unknown` is a no. Never throws. */
export function can(snapshot: AccessSnapshot, request: AccessRequest): boolean {
  return createDecider(snapshot)(request).verdict === 'allowed';
}
