import * as z from 'zod';

import { type Arm } from '../arm/authorization-path.js';
import { optionalText, parseReply } from '../arm/parse-reply.js';
import { parseRoleAssignment, type StoredRoleAssignment } from '../role-assignments/parse-role-assignment.js';

/** What Privileged Identity Management adds to a scope. */
export interface Schedules {
  /** What may be activated now. */
  readonly eligible: readonly StoredRoleAssignment[];
  /** Ids, in lower case, of role assignments that are there because somebody activated them. */
  readonly activated: readonly string[];
}

const API_VERSION = '2020-10-01';

const instance: z.ZodType<{
  readonly assignmentType?: string | undefined;
  readonly originRoleAssignmentId?: string | undefined;
}> = z.object({ assignmentType: optionalText, originRoleAssignmentId: optionalText });

/**
 * Reads the instances of eligible and active schedules: what counts at this moment.
 *
 * @throws {AmlAuthError} what the `ArmClient` throws, such as `AML_REQUEST_REJECTED` without the licence for it
 */
export async function collectSchedules(
  arm: Pick<Arm, 'list'>,
  scope: string,
  signal: AbortSignal | undefined,
): Promise<Schedules> {
  const list = (type: string): AsyncIterable<unknown> =>
    arm.list({
      path: `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/${type}`,
      apiVersion: API_VERSION,
      signal,
    });
  const eligible: StoredRoleAssignment[] = [];
  for await (const item of list('roleEligibilityScheduleInstances')) eligible.push(parseRoleAssignment(item));
  const activated: string[] = [];
  for await (const item of list('roleAssignmentScheduleInstances')) {
    const one = parseReply(instance, item, 'schedule of a role assignment');
    if (one.assignmentType?.toLowerCase() !== 'activated') continue;
    if (one.originRoleAssignmentId !== undefined) activated.push(one.originRoleAssignmentId.toLowerCase());
  }
  return { eligible, activated };
}
