import { whatWouldAllow } from '@aml-auth/permissions';

import { accessOf } from '../arm/access.js';
import type { RbacTrace } from '../core/call-trace.js';
import type { Exchange } from '../core/exchange.js';
import type { Store } from '../core/store.js';

/** A way to allow what was refused. */
export interface Advice {
  readonly role: string;
  readonly scope: string;
  /** Whether the role may also assign roles, and so lead to every right. */
  readonly changesAccess: boolean;
  /** The line for the Azure CLI. */
  readonly command: string;
}

const MOST = 3;

/** The narrowest roles that would allow a call that Azure RBAC refused; nothing for other exchanges. */
export function adviseExchange(store: Store, { rbac }: Exchange): readonly Advice[] {
  if (rbac?.verdict !== 'refused') return [];
  const { principalId, action, scope, tenantId } = rbac;
  const { snapshot } = accessOf(store, tenantId);
  return whatWouldAllow(snapshot, { principalId, action, scope })
    .slice(0, MOST)
    .map((proposal) => ({
      role: proposal.role.roleName,
      scope: proposal.scope,
      changesAccess: proposal.changesAccess,
      command: commandFor(rbac, proposal.role.roleName, proposal.scope),
    }));
}

function commandFor({ principalId, principalType }: RbacTrace, role: string, scope: string): string {
  return [
    'az role assignment create',
    `--assignee-object-id ${principalId}`,
    `--assignee-principal-type ${principalType}`,
    `--role ${quoted(role)}`,
    `--scope ${quoted(scope)}`,
  ].join(' ');
}

/** For POSIX shells. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
