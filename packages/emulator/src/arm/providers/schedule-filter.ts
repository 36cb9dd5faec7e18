import { roleDefinitionGuid } from '@aml-auth/permissions';

import type { StoredAssignment } from '../../core/access-rows.js';
import { queryValue } from '../../http/call.js';
import type { ArmContext } from '../arm-context.js';
import { parseFilter, type FilterTerm } from '../parse-filter.js';
import { unsupportedFilter } from '../unsupported-filter.js';

const KNOWN: ReadonlySet<string> = new Set([
  'astarget',
  'assignedto',
  'atscope',
  'principalid',
  'roledefinitionid',
  'status',
]);

/** The terms of the `$filter` of a list of schedules. Throws a refusal: 400 `UnsupportedQuery`. */
export function scheduleTerms({ call }: ArmContext): readonly FilterTerm[] {
  const filter = queryValue(call, '$filter');
  const terms = filter === undefined || filter.trim() === '' ? [] : parseFilter(filter);
  if (terms?.every(({ name }) => KNOWN.has(name)) === true) return terms;
  throw unsupportedFilter(
    filter,
    "'asTarget()', 'atScope()', 'assignedTo('{value}')', 'principalId eq '{value}'', 'roleDefinitionId eq '{value}'' and 'status eq '{value}'', joined by 'and'",
  );
}

/** Whether the list is of the caller's own, for which no right is needed. */
export function isForCaller({ call }: ArmContext): boolean {
  const terms = parseFilter(queryValue(call, '$filter') ?? '');
  return terms?.some(({ name }) => name === 'astarget') === true;
}

/** Whether a schedule is in the list: without a filter what is at, above and below the scope. */
export function matchesSchedule(
  { access, caller, path }: ArmContext,
  terms: readonly FilterTerm[],
  row: StoredAssignment,
  status: string,
): boolean {
  const holds = (id: string): boolean => id === row.principalId || access.groupsOf(id).has(row.principalId);
  const reaches = access.covers(row.scope, path.scope);
  const fits = ({ name, value }: FilterTerm): boolean => {
    switch (name) {
      case 'astarget':
        return holds(caller.objectId);
      case 'assignedto':
        return holds(value.toLowerCase());
      case 'atscope':
        return reaches;
      case 'principalid':
        return row.principalId === value.toLowerCase();
      case 'roledefinitionid':
        return roleDefinitionGuid(row.roleDefinitionId) === roleDefinitionGuid(value);
      default:
        return status.toLowerCase() === value.toLowerCase();
    }
  };
  return (reaches || access.covers(path.scope, row.scope)) && terms.every(fits);
}
