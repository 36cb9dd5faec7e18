import type { AccessRequest, AccessSnapshot, Decision } from '../types.js';
import { createDecider } from './create-decider.js';

/**
 * Decides one request as Azure RBAC does (Microsoft Learn, "What is Azure RBAC", "How Azure RBAC
 * determines if a user has access to a resource"): deny assignments first, then the union of the
 * role assignments of the principal and its groups at and above the scope. Never throws: what is
 * no operation or no scope is `notAllowed`. For many requests over one snapshot see `createDecider`.
 */
export function decide(snapshot: AccessSnapshot, request: AccessRequest): Decision {
  return createDecider(snapshot)(request);
}
