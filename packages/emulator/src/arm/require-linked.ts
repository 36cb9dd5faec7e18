import type { ArmContext } from './arm-context.js';
import { armRefusal } from './arm-refusal.js';
import { linkedAuthorizationFailed } from './linked-authorization-failed.js';

/** A resource that a request refers to. */
export interface LinkedResource {
  /** Where its id stands in the body, such as `properties.keyVault`. */
  readonly path: string;
  readonly id: string;
}

/**
 * Asks for a right on everything that a PUT or PATCH refers to.
 *
 * @throws a refusal: 400 `LinkedInvalidPropertyId`, 403 `LinkedAuthorizationFailed`
 */
export function requireLinked(
  { caller, may, path }: ArmContext,
  action: string,
  linked: readonly LinkedResource[],
): void {
  const malformed = linked.find(({ id }) => !isResourceId(id));
  if (malformed !== undefined) {
    const message = `Property id '${malformed.id}' at path '${malformed.path}' is invalid. Expect fully qualified resource Id that start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.`;
    throw armRefusal(400, 'LinkedInvalidPropertyId', message);
  }
  const lacking = linked.map(({ id }) => id).filter((id) => !may(action, id));
  if (lacking.length === 0) return;
  throw linkedAuthorizationFailed(caller, { action: `${path.type}/write`, scope: path.id }, action, lacking);
}

function isResourceId(id: string): boolean {
  return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers(?:\/[^/]+){3,}$/i.test(id);
}
