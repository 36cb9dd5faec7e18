import type { StoredDenyAssignment } from '../../core/access-rows.js';
import type { Access } from '../access.js';
import { parseFilter, type FilterTerm } from '../parse-filter.js';
import { unsupportedFilter } from '../unsupported-filter.js';

/** What a `$filter` of deny assignments asks for. */
export interface DenyFilter {
  readonly matches: (row: StoredDenyAssignment) => boolean;
  /** Whether only name and description are told. */
  readonly isExport: boolean;
}

const KNOWN: ReadonlySet<string> = new Set([
  'atscope',
  'denyassignmentname',
  'principalid',
  'gdprexportprincipalid',
]);

/**
 * The `$filter` of a list of deny assignments. Without one it holds what is at, above and below the
 * scope; `atScope()` leaves out what is below.
 *
 * @throws a refusal: 400 `UnsupportedQuery`
 */
export function denyFilter(filter: string | undefined, scope: string, access: Access): DenyFilter {
  const terms = filter === undefined || filter.trim() === '' ? [] : parseFilter(filter);
  if (terms?.every(({ name }) => KNOWN.has(name)) !== true) {
    throw unsupportedFilter(
      filter,
      "'atScope()', 'denyAssignmentName eq '{value}'', 'principalId eq '{value}'' and 'gdprExportPrincipalId eq '{value}''",
    );
  }
  return {
    isExport: terms.some(({ name }) => name === 'gdprexportprincipalid'),
    matches: (row) =>
      (access.covers(row.scope, scope) || access.covers(scope, row.scope)) &&
      terms.every((term) => fits(row, term, scope, access)),
  };
}

function fits(
  row: StoredDenyAssignment,
  { name, value }: FilterTerm,
  scope: string,
  access: Access,
): boolean {
  const isNamed = ({ id }: { readonly id: string }): boolean => id === value.toLowerCase();
  switch (name) {
    case 'atscope':
      return access.covers(row.scope, scope);
    case 'denyassignmentname':
      return row.denyAssignmentName.toLowerCase() === value.toLowerCase();
    case 'principalid':
      return row.principals.some(isNamed);
    default:
      return row.principals.some(isNamed) || row.excludePrincipals.some(isNamed);
  }
}
