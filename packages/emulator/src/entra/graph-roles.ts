import type { Call } from '../http/call.js';
import { findResource } from './resources.js';

/** The claim `roles` of an app-only token for Microsoft Graph: the application permissions of whoever it speaks of. */
export function graphRoles(call: Call, audience: string, objectId: unknown): { roles?: readonly string[] } {
  const { hosts, store } = call.world;
  if (findResource(hosts, audience)?.name !== 'graph' || typeof objectId !== 'string') return {};
  const roles = store.get('servicePrincipals', objectId)?.graphPermissions ?? [];
  return roles.length === 0 ? {} : { roles };
}
