import type { RoleAssignment } from '@aml-auth/permissions';

import type { Access } from '../access.js';
import { armRefusal } from '../arm-refusal.js';
import { parseFilter } from '../parse-filter.js';

/**
 * The `$filter` of a list of role assignments as a predicate. Without one the list holds what is
 * at, above and below the scope; `atScope()` leaves out what is below.
 *
 * @throws a refusal: 400 `UnsupportedQuery`, also for `atScope()` with `principalId eq`
 */
export function assignmentFilter(
  filter: string | undefined,
  scope: string,
  access: Access,
): (assignment: RoleAssignment) => boolean {
  const terms = filter === undefined || filter.trim() === '' ? [] : parseFilter(filter);
  const names = terms?.map(({ name }) => name) ?? [];
  const known = new Set(['atscope', 'principalid', 'assignedto']);
  const isSupported =
    terms !== undefined &&
    names.every((name) => known.has(name)) &&
    !(names.includes('atscope') && names.includes('principalid'));
  if (!isSupported) {
    const message = `The filter '${filter?.slice(0, 200) ?? ''}' is not supported. Supported filters are either 'atScope()' or 'principalId eq '{value}' or assignedTo('{value}')'.`;
    throw armRefusal(400, 'UnsupportedQuery', message);
  }
  const onlyAtOrAbove = names.includes('atscope');
  const holders = terms
    .filter(({ name }) => name !== 'atscope')
    .map(({ name, value }) => {
      const id = value.toLowerCase();
      return name === 'principalid' ? new Set([id]) : new Set([id, ...access.groupsOf(id)]);
    });
  return (assignment) =>
    (access.covers(assignment.scope, scope) || (!onlyAtOrAbove && access.covers(scope, assignment.scope))) &&
    holders.every((ids) => ids.has(assignment.principalId));
}
