import type { Store } from '../../core/store.js';
import { entraRefusal } from '../entra-refusal.js';
import type { ScopeTarget } from './read-scope.js';
import type { SignInClient } from './sign-in-client.js';

/** What an application may do for a user, and what the user would have to be asked for first. */
export interface GrantedScopes {
  /** Names of permissions, without the resource. */
  readonly granted: readonly string[];
  readonly missing: readonly string[];
}

/** Permissions that need no question. Microsoft Graph takes those of OpenID Connect as its own. */
const GRAPH_DEFAULT = ['email', 'openid', 'profile', 'User.Read'];
const GRAPH_FIRST_PARTY = [
  'Application.ReadWrite.All',
  'AuditLog.Read.All',
  'Directory.AccessAsUser.All',
  'email',
  'Group.ReadWrite.All',
  'openid',
  'profile',
  'User.ReadWrite.All',
];
const IMPERSONATION = 'user_impersonation';

/**
 * Decides which permissions the client has. Azure Resource Manager and Azure Machine Learning have one,
 * applications of the tenant give theirs to one another, and Microsoft Graph's beyond `User.Read` need
 * the user's consent, except for Microsoft's own clients.
 *
 * @throws a refusal: AADSTS650053 for a permission that the resource does not have
 */
export function grantedScopes(
  store: Store,
  client: SignInClient,
  userId: string | undefined,
  target: ScopeTarget,
): GrantedScopes {
  const unknown = target.names.find((name) => !isKnown(target.resource, name));
  if (unknown !== undefined) {
    const resource = target.audience;
    throw entraRefusal(650053, { name: client.displayName, scope: unknown, resource });
  }
  if (target.resource === 'api') {
    return { granted: target.names.length === 0 ? [IMPERSONATION] : target.names, missing: [] };
  }
  if (target.resource !== 'graph') return { granted: [IMPERSONATION], missing: [] };
  if (client.isFirstParty) return { granted: union(GRAPH_FIRST_PARTY, target.names), missing: [] };
  const consented = consentsOf(store, client.clientId, userId);
  const allowed = union(GRAPH_DEFAULT, consented);
  return { granted: allowed, missing: target.names.filter((name) => !allowed.includes(name)) };
}

/** Keeps that the user agreed. */
export function addConsent(store: Store, clientId: string, userId: string, scopes: readonly string[]): void {
  const all = union(consentsOf(store, clientId, userId), scopes);
  store.put('consents', consentKey(clientId, userId), { clientId, userId, scopes: all });
}

function consentsOf(store: Store, clientId: string, userId: string | undefined): readonly string[] {
  if (userId === undefined) return [];
  return store.get('consents', consentKey(clientId, userId))?.scopes ?? [];
}

function consentKey(clientId: string, userId: string): string {
  return `${clientId} ${userId}`;
}

function isKnown(resource: ScopeTarget['resource'], name: string): boolean {
  if (resource === 'api') return true;
  if (resource === 'graph') return /^[A-Z]\w*(?:[.-]\w+)+$/.test(name);
  return name === IMPERSONATION;
}

function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}
