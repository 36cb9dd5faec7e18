import { asText, isObject } from '../../../core/json.js';
import { userAssignedIds } from '../../../core/identity-rows.js';
import type { Compute } from '../../../core/resource-rows.js';
import type { Timeline } from '../../../core/timeline.js';
import type { WorkspaceResource } from '../../../core/workspace-resource-rows.js';
import type { ArmContext } from '../../arm-context.js';
import { jobTimeline, type JobOutcome } from './job-timeline.js';
import { mfeInvalid } from './mfe-refusal.js';
import { readProperties, type Properties } from './read-properties.js';
import { placeOf } from './resource-place.js';

/** What the body of a PUT says about a job. */
export interface RequestedJob {
  readonly properties: Properties;
  readonly timeline: Timeline;
}

/** What a job of a type must have. Other types are taken as they are. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  Command: ['command', 'environmentId'],
  Sweep: ['objective', 'samplingAlgorithm', 'searchSpace', 'trial'],
  Pipeline: [],
  AutoML: ['taskDetails'],
};

const IDENTITIES = ['AMLToken', 'Managed', 'UserIdentity'];

/** What may change once a job is submitted. */
const CHANGEABLE = ['description', 'displayName', 'isArchived', 'tags', 'properties'];

/** Properties of a job by which a test says what becomes of it. */
const OUTCOME = 'emu.status';
const DURATION = 'emu.duration';

/**
 * Reads and checks the body of a job.
 *
 * @throws a refusal: 400 `UserError`
 */
export function readJob(context: ArmContext, existing: WorkspaceResource | undefined): RequestedJob {
  const given = readProperties(context.body(), existing === undefined ? ['jobType'] : []);
  if (existing !== undefined) {
    const changes = Object.entries(given).filter(([name]) => CHANGEABLE.includes(name));
    const properties = { ...existing.properties, ...Object.fromEntries(changes) };
    return { properties, timeline: existing.timeline };
  }
  const jobType = Object.keys(REQUIRED).find(
    (name) => name.toLowerCase() === asText(given['jobType'])?.toLowerCase(),
  );
  if (jobType === undefined)
    throw mfeInvalid(`The job type '${asText(given['jobType']) ?? ''}' is not valid.`);
  readProperties({ properties: given }, REQUIRED[jobType] ?? []);
  const compute = computeOf(context, given['computeId'], jobType);
  const identity = readIdentityOf(given['identity']);
  return {
    properties: {
      ...given,
      jobType,
      ...(compute === undefined ? {} : { computeId: compute.id }),
      ...(identity === undefined ? {} : { identity }),
    },
    timeline: timelineOf(context, given, compute, identity),
  };
}

function timelineOf(
  { call }: ArmContext,
  given: Properties,
  compute: Compute | undefined,
  identity: Properties | undefined,
): Timeline {
  const wishes = isObject(given['properties']) ? given['properties'] : {};
  const wanted = asText(wishes[OUTCOME]) ?? 'Completed';
  if (wanted !== 'Completed' && wanted !== 'Failed') {
    throw mfeInvalid(`The property ${OUTCOME} of the job must be Completed or Failed.`);
  }
  const outcome: JobOutcome = hasIdentity(compute, identity) ? wanted : 'Failed';
  const timeline = jobTimeline(call.world.clock.now(), outcome, asText(wishes[DURATION]));
  if (timeline !== undefined) return timeline;
  throw mfeInvalid(`The property ${DURATION} of the job must be a span such as 90s, 5m or 2h.`);
}

/** The compute of the workspace that `computeId` names, by its id or by its name. Serverless jobs name none. */
function computeOf(context: ArmContext, value: unknown, jobType: string): Compute | undefined {
  const named = asText(value);
  if (named === undefined || named === '' || jobType === 'Pipeline') return undefined;
  const { workspace } = placeOf(context);
  const { store } = context.call.world;
  const compute = store.get('computes', named.includes('/') ? named : `${workspace.id}/computes/${named}`);
  if (compute?.workspaceId === workspace.id) return compute;
  throw mfeInvalid(`Unknown compute target '${named.split('/').at(-1) ?? ''}'.`);
}

function readIdentityOf(value: unknown): Properties | undefined {
  if (value === undefined || value === null) return undefined;
  const type = isObject(value) ? asText(value['identityType']) : undefined;
  const identityType = IDENTITIES.find((name) => name.toLowerCase() === type?.toLowerCase());
  if (!isObject(value) || identityType === undefined) {
    throw mfeInvalid(
      `The identityType '${type ?? ''}' of the job is not valid. It can be ${IDENTITIES.join(', ')}.`,
    );
  }
  return { ...value, identityType };
}

/** Whether the compute has the managed identity that the job is to run with; without it, the job fails. */
function hasIdentity(compute: Compute | undefined, identity: Properties | undefined): boolean {
  if (identity?.['identityType'] !== 'Managed' || compute === undefined) return true;
  const { principalId, userAssigned } = compute.identity;
  const named = [identity['clientId'], identity['objectId'], identity['resourceId']]
    .map(asText)
    .filter((name) => name !== undefined && name !== '')
    .map((name) => name?.toLowerCase());
  if (named.length === 0) return principalId !== null || userAssigned.length > 0;
  return userAssigned.some((id) => {
    const ids = userAssignedIds(id);
    return named.every((name) => [id.toLowerCase(), ids.clientId, ids.principalId].includes(name ?? ''));
  });
}
