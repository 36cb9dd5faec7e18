import type { Tenant } from '../../core/directory-rows.js';
import type { Call } from '../../http/call.js';
import { findResource } from '../resources.js';
import { evaluateUserAccess, type UserAccess } from './evaluate-user-access.js';

/**
 * Which authentication contexts a token may name (`acrs`): those of the wanted ones whose policies the
 * sign-in satisfies, or that have none. Tokens for Azure Resource Manager name `p1` unasked.
 */
export function satisfiedContexts(
  call: Call,
  tenant: Tenant,
  access: Omit<UserAccess, 'contexts'>,
  wanted: readonly string[],
): readonly string[] {
  const isArm = findResource(call.world.hosts, access.audience)?.name === 'arm';
  const candidates = [...new Set([...wanted, ...(isArm ? ['p1'] : [])])];
  return candidates.filter(
    (context) => evaluateUserAccess(call, tenant, { ...access, contexts: [context] }).verdict === 'granted',
  );
}
