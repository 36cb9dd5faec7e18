import { DIRECTORY_ROLES } from '../core/directory-roles.js';
import type { GraphCaller } from './authenticate-graph.js';
import { GRAPH_RULES, type GraphOperation } from './graph-permissions.js';
import { requestDenied } from './graph-refusal.js';

/**
 * Enforces the permissions of an operation.
 *
 * @param owners - object ids of the owners of what the operation works on
 * @returns what was decided, for the header `x-emu-decision`
 * @throws a refusal: 403 `Authorization_RequestDenied`
 */
export function authorizeGraph(
  caller: GraphCaller,
  operation: GraphOperation,
  owners: readonly string[],
): string {
  const { application, also, owned = [], roles = [], anyone, member, owner } = GRAPH_RULES[operation];
  if (anyone) return `allow; operation=${operation}; right of every caller`;
  const isOwner = owners.includes(caller.objectId);
  if (caller.kind === 'User') {
    checkScopes(caller, operation);
    if (member) return `allow; operation=${operation}; right of a member`;
    if (owner && isOwner) return `allow; operation=${operation}; right of an owner`;
    const able = ['Global Administrator', ...roles];
    const role = able.find((name) => caller.directoryRoles.has(DIRECTORY_ROLES.get(name) ?? ''));
    if (role !== undefined) return `allow; operation=${operation}; directory role=${role}`;
    throw requestDenied(`deny; operation=${operation}; needs one of the directory roles: ${able.join(', ')}`);
  }
  const held = (names: readonly string[]): string | undefined =>
    names.find((name) => caller.permissions.has(name));
  const permission = held(isOwner ? [...application, ...owned] : application);
  const besides = also === undefined ? permission : held(also);
  if (permission !== undefined && besides !== undefined) {
    return `allow; operation=${operation}; permission=${permission}`;
  }
  const candidates = [...application, ...owned.map((name) => `${name} as an owner`)].join(', ');
  const more = also === undefined ? '' : `; and one of: ${also.join(', ')}`;
  throw requestDenied(`deny; operation=${operation}; needs one of: ${candidates}${more}`);
}

/** What lets a client do whatever its user may, as Azure CLI does. */
const AS_USER = 'Directory.AccessAsUser.All';

/** A client may no more on a user's behalf than it was allowed to, whatever the user may. */
function checkScopes({ scopes }: GraphCaller, operation: GraphOperation): void {
  const { application, also, delegated = [] } = GRAPH_RULES[operation];
  const enough = [...delegated, ...application];
  const held = (names: readonly string[]): boolean => names.some((name) => scopes.has(name));
  if (scopes.has(AS_USER) || (held(enough) && (also === undefined || held(also)))) return;
  const more = also === undefined ? '' : `; and one of: ${also.join(', ')}`;
  const names = [...enough, AS_USER].join(', ');
  throw requestDenied(`deny; operation=${operation}; the client needs one of the scopes: ${names}${more}`);
}
