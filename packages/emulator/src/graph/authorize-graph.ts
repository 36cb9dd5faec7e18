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
