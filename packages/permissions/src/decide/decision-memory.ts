import type { AccessRequest, Decision } from '../types.js';
import type { Reach, ReachFinder } from './access-index.js';

/** What is known of a principal at a scope. */
interface Place {
  readonly reach: Reach;
  readonly control: Map<string, Decision>;
  readonly data: Map<string, Decision>;
}

/** Remembers decisions, and what bears on principals at scopes. */
export interface DecisionMemory {
  /** The answer to a request from memory, about that request. */
  recall(request: AccessRequest): Decision | undefined;
  reach(request: AccessRequest): Reach;
  /** Keeps a decision, unless facts for conditions came with its request. */
  remember(decision: Decision): void;
}

/** How much is remembered before all of it is forgotten: a bound for those who ask ever new questions. */
const CAPACITY = 50_000;

/** @param find - finds out what is not remembered */
export function createDecisionMemory(find: ReachFinder, capacity: number = CAPACITY): DecisionMemory {
  const principals = new Map<string, Map<string, Place>>();
  let size = 0;

  function grow(): void {
    size += 1;
    if (size <= capacity) return;
    principals.clear();
    size = 1;
  }

  function placeOf({ principalId, scope }: AccessRequest): Place {
    const known = principals.get(principalId)?.get(scope);
    if (known !== undefined) return known;
    grow();
    const place: Place = { reach: find(principalId, scope), control: new Map(), data: new Map() };
    const scopes = principals.get(principalId);
    if (scopes === undefined) principals.set(principalId, new Map([[scope, place]]));
    else scopes.set(scope, place);
    return place;
  }

  return {
    recall(request) {
      if (hasFacts(request)) return undefined;
      const place = principals.get(request.principalId)?.get(request.scope);
      if (place === undefined) return undefined;
      const known = planeOf(place, request).get(request.action);
      return known === undefined ? undefined : { ...known, request };
    },
    reach: (request) => placeOf(request).reach,
    remember(decision) {
      const { request } = decision;
      if (hasFacts(request)) return;
      grow();
      planeOf(placeOf(request), request).set(request.action, decision);
    },
  };
}

function planeOf({ control, data }: Place, { isDataAction }: AccessRequest): Map<string, Decision> {
  return isDataAction === true ? data : control;
}

function hasFacts({ attributes, subOperation }: AccessRequest): boolean {
  return attributes !== undefined || subOperation !== undefined;
}
