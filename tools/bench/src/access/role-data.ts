import { existsSync, readFileSync } from 'node:fs';
import { parseRoleDefinition } from '@aml-auth/rbac';
import type { RoleDefinition } from '@aml-auth/permissions';

/** What `az role definition list` prints for all built-in roles of Azure; kept beside the repository, not in it. */
const FILE = new URL('../../../../../shared/data/built-in-roles.json', import.meta.url);

/** Whether the list of roles is there. */
export function hasRoleData(): boolean {
  return existsSync(FILE);
}

/** All built-in roles of Azure. */
export function readRoleData(): readonly RoleDefinition[] {
  return (JSON.parse(readFileSync(FILE, 'utf8')) as readonly unknown[]).map(parseRoleDefinition);
}
