import { MACHINE_LEARNING } from '../core/arm-ids.js';
import { asText, isObject } from '../core/json.js';
import type { IdentityHost } from '../core/resource-rows.js';
import type { Store } from '../core/store.js';
import { stateAt } from '../core/timeline.js';

/**
 * Object id of the person on whose behalf a job runs on the host: as the seed says, else who submitted the job
 * with a user identity that runs there.
 *
 * @param now - milliseconds since the epoch
 */
export function submitterOf(store: Store, host: IdentityHost, now: number): string | null {
  if (host.userId !== null || host.kind !== 'aml-compute') return host.userId;
  const compute = host.resourceId?.toLowerCase();
  const job = store
    .list('workspaceResources')
    .filter(({ type }) => type === `${MACHINE_LEARNING}/workspaces/jobs`)
    .filter(({ properties }) => asText(properties['computeId'])?.toLowerCase() === compute)
    .findLast(
      ({ properties, timeline }) =>
        isObject(properties['identity']) &&
        properties['identity']['identityType'] === 'UserIdentity' &&
        stateAt(timeline, now) === 'Running',
    );
  return job?.creatorId ?? null;
}
