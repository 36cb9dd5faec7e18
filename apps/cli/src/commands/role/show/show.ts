import type { RoleDefinition } from '@aml-auth/permissions';
import { getRoleDefinition } from '@aml-auth/rbac';
import { scopeOf } from '../../../access/scope-of.js';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import type { Cell } from '../../../output/print-table.js';
import { openClients } from '../../../settings/open-clients.js';
import { keptRoles, shippedCatalogue } from '../kept-roles.js';
import { roleKind } from '../role-kind.js';
import type { RoleSourceFlags } from '../role-source-flags.js';
import { findKeptRole } from './find-kept-role.js';
import { roleReach, type RoleReach } from './role-reach.js';

/** Runs `aml-auth role show`. */
export async function show(context: CliContext, flags: RoleSourceFlags, name: string): Promise<void> {
  const kept = await keptRoles(context, flags);
  const role =
    kept === undefined ? await fromAzure(context, flags, name) : findKeptRole(kept.roleDefinitions, name);
  // A collection of access may have been made without operations.
  const operations = kept === undefined || kept.operations.length === 0 ? undefined : kept.operations;
  const reach = roleReach(role, operations ?? shippedCatalogue.operations);
  await present(context, flags, { ...role, reach }, () => ({
    record: roleRecord(role, reach),
    headings: ['part', 'operation', 'known', 'gives'],
    rows: reach.patterns.map((one) => [one.part, one.pattern, one.operations, one.gives.join(', ')]),
  }));
}

async function fromAzure(context: CliContext, flags: RoleSourceFlags, name: string): Promise<RoleDefinition> {
  const known = await openClients(context, flags);
  const query = { scope: scopeOf(flags, known), role: name, signal: context.signal };
  return getRoleDefinition(known.arm, query);
}

function roleRecord(role: RoleDefinition, { known, allowed, gives }: RoleReach): Record<string, Cell> {
  const conditions = role.permissions.filter(({ condition }) => (condition ?? '').trim() !== '').length;
  return {
    name: role.roleName,
    kind: roleKind(role),
    id: role.id,
    description: role.description,
    assignableScopes: role.assignableScopes.join(', '),
    operations: `${allowed} of ${known} known`,
    secrets: gives.secrets.length,
    code: gives.code.length,
    identity: gives.identity.length,
    access: gives.access.length,
    conditions: conditions === 0 ? undefined : conditions,
  };
}
