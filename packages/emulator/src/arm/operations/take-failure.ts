import type { OperationFailure } from '../../core/operation-rows.js';
import type { Store } from '../../core/store.js';
import { parseArmPath } from '../parse-arm-path.js';

/** The failure that awaits an operation on the resource, if there is one. It is used up. */
export function takeFailure(store: Store, resourceId: string): OperationFailure | undefined {
  const { type } = parseArmPath(resourceId.split('/').filter(Boolean));
  const names = [resourceId, type].map((name) => name.toLowerCase());
  const failure = store
    .list('operationFailures')
    .find(({ resource }) => resource === null || names.includes(resource.toLowerCase()));
  if (failure !== undefined) store.remove('operationFailures', failure.id);
  return failure;
}
