import type { ServicePrincipal } from '../core/directory-rows.js';

/** What an identity can be named by, and the query parameter that does so in one protocol. */
export type SelectorNames = Readonly<Record<string, 'clientId' | 'objectId' | 'resourceId'>>;

/** One way in which a request names an identity. */
export interface Selector {
  /** The query parameter. */
  readonly parameter: string;
  readonly by: SelectorNames[string];
  readonly value: string;
}

/** The selectors of a request. An empty value counts as none. */
export function readSelectors(query: URLSearchParams, names: SelectorNames): readonly Selector[] {
  return Object.entries(names).flatMap(([parameter, by]) =>
    query
      .getAll(parameter)
      .filter((value) => value !== '')
      .map((value) => ({ parameter, by, value })),
  );
}

/** The identity that all selectors name. */
export function selectIdentity(
  identities: readonly ServicePrincipal[],
  selectors: readonly Selector[],
): ServicePrincipal | undefined {
  return identities.find((identity) =>
    selectors.every(({ by, value }) => nameOf(identity, by).toLowerCase() === value.toLowerCase()),
  );
}

/** The identity that a request gets which names none, on machines: the system-assigned one, or the only one. */
export function defaultIdentity(identities: readonly ServicePrincipal[]): ServicePrincipal | undefined {
  return systemIdentity(identities) ?? (identities.length === 1 ? identities[0] : undefined);
}

/** The system-assigned identity. */
export function systemIdentity(identities: readonly ServicePrincipal[]): ServicePrincipal | undefined {
  return identities.find(({ resourceId }) => resourceId !== null && !isUserAssigned(resourceId));
}

function isUserAssigned(resourceId: string): boolean {
  return /\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\//i.test(resourceId);
}

function nameOf(identity: ServicePrincipal, by: Selector['by']): string {
  if (by === 'clientId') return identity.appId;
  return by === 'objectId' ? identity.id : (identity.resourceId ?? '');
}
