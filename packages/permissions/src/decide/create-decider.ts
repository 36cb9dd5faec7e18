import type { AccessRequest, AccessSnapshot, Decision } from '../types.js';
import { indexAccess } from './access-index.js';
import { decideWithin } from './decide-within.js';
import { createDecisionMemory } from './decision-memory.js';
import { createRoleJudge } from './role-judge.js';

/** Answers requests over one snapshot. */
export type Decider = (request: AccessRequest) => Decision;

/**
 * Prepares a snapshot for many questions; the function that comes back decides as {@link decide}
 * does. It remembers what it has worked out, and answers a question that recurs, and has no facts for
 * conditions, from memory. Later changes of the snapshot may go unseen. Where two role definitions have the
 * same id, the last one counts.
 */
export function createDecider(snapshot: AccessSnapshot): Decider {
  const judgeRole = createRoleJudge();
  const memory = createDecisionMemory(indexAccess(snapshot));
  return (request) => {
    const known = memory.recall(request);
    if (known !== undefined) return known;
    const decision = decideWithin(memory.reach(request), request, judgeRole);
    memory.remember(decision);
    return decision;
  };
}
