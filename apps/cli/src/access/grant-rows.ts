import type { AccessGrant } from '@aml-auth/rbac';

/** The rows of what was given. */
export function grantRows(grants: readonly AccessGrant[]): {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  return {
    headings: ['outcome', 'role', 'scope'],
    rows: grants.map(({ outcome, roleName, scope }) => [outcome, roleName, scope]),
  };
}
