import type { StoredAssignment } from '../../core/access-rows.js';
import { jsonAnswer } from '../../http/answer.js';
import { SCHEDULE_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { assignmentsOf } from '../access.js';
import { listAnswer } from '../list-answer.js';
import { scheduleId, scheduleProperties, type Span } from './present-schedule.js';
import { isForCaller, matchesSchedule, scheduleTerms } from './schedule-filter.js';

const ELIGIBLE = 'Microsoft.Authorization/roleEligibilitySchedules';
const ELIGIBLE_INSTANCES = 'Microsoft.Authorization/roleEligibilityScheduleInstances';
const ACTIVE = 'Microsoft.Authorization/roleAssignmentSchedules';
const ACTIVE_INSTANCES = 'Microsoft.Authorization/roleAssignmentScheduleInstances';

interface Entry {
  readonly row: StoredAssignment;
  readonly span: Span;
  readonly status: string;
}

/**
 * The schedules of Privileged Identity Management, to be read: who could activate a role, and who has
 * one. Instances are what counts now; schedules hold what is to come as well. Everybody may read their own.
 */
export const roleSchedules: readonly ArmType[] = [
  scheduleType(ELIGIBLE, eligible, () => ({})),
  scheduleType(ELIGIBLE_INSTANCES, eligibleNow, (row) => ({
    roleEligibilityScheduleId: scheduleId(row, ELIGIBLE),
  })),
  scheduleType(ACTIVE, active, () => ({ assignmentType: 'Assigned' })),
  scheduleType(ACTIVE_INSTANCES, active, (row) => ({
    assignmentType: 'Assigned',
    roleAssignmentScheduleId: scheduleId(row, ACTIVE),
    originRoleAssignmentId: row.id,
  })),
];

function scheduleType(
  type: string,
  entriesOf: (context: ArmContext) => readonly Entry[],
  more: (row: StoredAssignment) => Record<string, unknown>,
): ArmType {
  const present = (context: ArmContext, { row, span, status }: Entry): Record<string, unknown> => ({
    properties: { ...scheduleProperties(context, row, span), status, ...more(row) },
    id: scheduleId(row, type),
    type,
    name: row.name,
  });
  return {
    type,
    apiVersions: SCHEDULE_VERSIONS,
    list: {
      rule: (context) => (isForCaller(context) ? 'open' : 'enforced'),
      handler(context) {
        const terms = scheduleTerms(context);
        const entries = entriesOf(context).filter(({ row, status }) =>
          matchesSchedule(context, terms, row, status),
        );
        return listAnswer(
          context.call,
          entries.map((entry) => present(context, entry)),
          '$skipToken',
        );
      },
    },
    get(context) {
      const { path } = context;
      const name = (path.names[0] ?? '').toLowerCase();
      const entry = entriesOf(context).find(
        ({ row }) => row.name === name && row.scope.toLowerCase() === path.scope.toLowerCase(),
      );
      if (entry !== undefined) return jsonAnswer(200, present(context, entry));
      throw armRefusal(404, 'ResourceNotFound', `The schedule '${name}' is not found.`);
    },
  };
}

/** Those that have not ended. */
function eligible({ call, tenantId }: ArmContext): readonly Entry[] {
  const now = call.world.clock.now();
  return call.world.store
    .list('eligibleAssignments')
    .filter((row) => row.tenantId === tenantId && (row.endsAt === null || row.endsAt > now))
    .map((row) => ({ row, span: row, status: 'Provisioned' }));
}

function eligibleNow(context: ArmContext): readonly Entry[] {
  const now = context.call.world.clock.now();
  return eligible(context).filter(({ span }) => span.startsAt <= now);
}

function active({ call, tenantId }: ArmContext): readonly Entry[] {
  return assignmentsOf(call.world.store, tenantId).map((row) => ({
    row,
    span: { startsAt: row.createdOn, endsAt: null },
    status: 'Provisioned',
  }));
}
