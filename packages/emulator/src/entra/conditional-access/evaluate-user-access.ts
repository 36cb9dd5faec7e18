import { readAccessPolicy, type AccessPolicy } from '../../conditional-access/access-policy.js';
import {
  evaluateAccess,
  type AccessRequest,
  type Evaluation,
} from '../../conditional-access/evaluate-access.js';
import type { Tenant, User } from '../../core/directory-rows.js';
import { membershipsOf } from '../../core/memberships.js';
import type { Call } from '../../http/call.js';
import { resourceAppIds } from '../resources.js';
import { locationsOf } from './locations-of.js';

/** A user's request for a token. */
export interface UserAccess {
  readonly user: User;
  /** `aud` of the token. */
  readonly audience: string;
  /** Whether the client is a program on the user's machine. */
  readonly isPublicClient: boolean;
  /** How the user signed in (RFC 8176). */
  readonly amr: readonly string[];
  /** When the user signed in, in milliseconds since the epoch. */
  readonly authTime: number;
  /** Whether that was on another device, by a code. */
  readonly byDeviceCode: boolean;
  /** Authentication contexts that the token must have. */
  readonly contexts: readonly string[];
}

/** The form in which a user's request is held against policies. */
export function userRequest(call: Call, tenant: Tenant, access: UserAccess): AccessRequest {
  const { user, audience, isPublicClient, amr, authTime, byDeviceCode, contexts } = access;
  return {
    subject: {
      kind: 'user',
      id: user.id,
      groups: membershipsOf(call.world.store, tenant.id).groupsOf(user.id),
      roles: new Set(user.directoryRoles ?? []),
    },
    resource: resourceAppIds(call.world.hosts, audience),
    clientAppType: isPublicClient ? 'mobileAppsAndDesktopClients' : 'browser',
    fulfilled: new Set(amr.includes('mfa') ? ['mfa'] : []),
    contexts: new Set(contexts),
    locations: locationsOf(call, tenant),
    flow: byDeviceCode ? 'devicecodeflow' : null,
    signInAge: call.world.clock.now() - authTime,
  };
}

/** What the policies of the tenant say about a user's request. */
export function evaluateUserAccess(call: Call, tenant: Tenant, access: UserAccess): Evaluation {
  return evaluateAccess(policiesOf(call, tenant), userRequest(call, tenant, access));
}

/** The policies of a tenant, with the one that Azure has itself. */
export function policiesOf(call: Call, tenant: Tenant): readonly AccessPolicy[] {
  const own = call.world.store
    .list('conditionalAccessPolicies')
    .filter(({ tenantId }) => tenantId === tenant.id)
    .map(readAccessPolicy);
  return [...own, MFA_FOR_AZURE];
}

/** Tokens with the context `p1` are for users who passed a second factor. */
const MFA_FOR_AZURE: AccessPolicy = readAccessPolicy({
  id: '00000000-0000-4000-8000-0000000000f1',
  tenantId: '',
  createdAt: 0,
  modifiedAt: null,
  policy: {
    displayName: 'Multifactor authentication for Azure',
    state: 'enabled',
    conditions: {
      users: { includeUsers: ['All'] },
      applications: { includeAuthenticationContextClassReferences: ['p1'] },
    },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
  },
});
