import type { StoredDenyAssignment } from '../../core/access-rows.js';
import { jsonAnswer } from '../../http/answer.js';
import { queryValue } from '../../http/call.js';
import { AUTHORIZATION_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { listAnswer } from '../list-answer.js';
import { denyFilter } from './deny-filter.js';

const TYPE = 'Microsoft.Authorization/denyAssignments';

/** `{scope}/providers/Microsoft.Authorization/denyAssignments`. Azure makes them; callers read them. */
export const denyAssignments: ArmType = {
  type: TYPE,
  apiVersions: AUTHORIZATION_VERSIONS,
  list: {
    rule: 'enforced',
    handler(context) {
      const { call, path, access } = context;
      const { matches, isExport } = denyFilter(queryValue(call, '$filter'), path.scope, access);
      const rows = rowsOf(context).filter(matches);
      return listAnswer(call, rows.map(isExport ? presentForExport : present), '$skipToken');
    },
  },
  get(context) {
    const { path } = context;
    const name = (path.names[0] ?? '').toLowerCase();
    const row = rowsOf(context).find(
      (other) => other.name === name && other.scope.toLowerCase() === path.scope.toLowerCase(),
    );
    if (row !== undefined) return jsonAnswer(200, present(row));
    throw armRefusal(404, 'DenyAssignmentNotFound', `The deny assignment '${name}' is not found.`);
  },
};

function rowsOf({ call, tenantId }: ArmContext): readonly StoredDenyAssignment[] {
  return call.world.store.list('denyAssignments').filter((row) => row.tenantId === tenantId);
}

function present(row: StoredDenyAssignment): Record<string, unknown> {
  return {
    properties: {
      denyAssignmentName: row.denyAssignmentName,
      description: row.description,
      permissions: row.permissions,
      scope: row.scope,
      doNotApplyToChildScopes: row.doNotApplyToChildScopes,
      principals: row.principals,
      excludePrincipals: row.excludePrincipals,
      isSystemProtected: row.isSystemProtected,
      condition: row.condition ?? null,
      conditionVersion: null,
      createdOn: new Date(row.createdOn).toISOString(),
      updatedOn: new Date(row.updatedOn).toISOString(),
      createdBy: row.createdBy,
      updatedBy: row.updatedBy,
    },
    id: row.id,
    type: TYPE,
    name: row.name,
  };
}

/** What is told about a principal that asks for its personal data. */
function presentForExport(row: StoredDenyAssignment): Record<string, unknown> {
  const { denyAssignmentName, description } = row;
  return { properties: { denyAssignmentName, description }, id: row.id, type: TYPE, name: row.name };
}
