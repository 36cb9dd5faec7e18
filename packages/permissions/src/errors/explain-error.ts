import { whatWouldAllow } from '../advise/what-would-allow.js';
import { builtInRoles } from '../catalogue/built-in-roles.js';
import { createDecider } from '../decide/create-decider.js';
import { parseScope } from '../decide/parse-scope.js';
import { explain } from '../explain/explain.js';
import type { AccessRequest, AccessSnapshot, Decision } from '../types.js';
import { describeFix, type AccessFix } from './access-fix.js';
import { parseAccessError, type AccessError, type AccessErrorInput } from './parse-access-error.js';

/** What {@link explainError} may know. */
export interface ExplainErrorOptions {
  /** The roles and assignments that were in force. Default: none; then the advice rests on the error alone. */
  readonly snapshot?: AccessSnapshot | undefined;
  /** Attributes of the request, for conditions. */
  readonly attributes?: AccessRequest['attributes'];
  /** How many roles to propose for each scope. Default 3. */
  readonly maxRoles?: number | undefined;
}

/** A refusal, explained. */
export interface ErrorExplanation {
  /** What the error itself says. */
  readonly error: AccessError;
  /** With a snapshot: its decision for each scope that the error names. Else empty. */
  readonly decisions: readonly Decision[];
  /** What may be done, the most promising first. */
  readonly fixes: readonly AccessFix[];
  /** All of it in English sentences, safe to print. */
  readonly lines: readonly string[];
}

const DEFAULT_MAX_ROLES = 3;

/**
 * Explains `AuthorizationFailed`, its variant for conditions, `LinkedAuthorizationFailed` and
 * `DenyAssignmentAuthorizationFailed`, and ranks what may be done. Undefined for any other error. A snapshot
 * that says `allowed` puts a new sign-in first: the refusal is older than the snapshot, or its token is.
 * Never throws.
 */
export function explainError(
  input: AccessErrorInput,
  options: ExplainErrorOptions = {},
): ErrorExplanation | undefined {
  const error = parseAccessError(input);
  if (error === undefined) return undefined;
  const { snapshot } = options;
  const decider = snapshot === undefined ? undefined : createDecider(snapshot);
  const decisions: Decision[] = [];
  const fixes: AccessFix[] = [];
  for (const scope of error.scopes) {
    const request = {
      principalId: error.principalId,
      action: error.action,
      scope,
      attributes: options.attributes,
    };
    const decision = decider?.(request);
    if (decision !== undefined) decisions.push(decision);
    fixes.push(...fixesFor(error, request, decision, options));
  }
  // Equal fixes for several scopes need saying once.
  const lines = [headline(error), ...decisions.flatMap(explain), ...new Set(fixes.map(describeFix))];
  return { error, decisions, fixes, lines };
}

function fixesFor(
  { kind }: AccessError,
  request: AccessRequest,
  decision: Decision | undefined,
  { snapshot, maxRoles = DEFAULT_MAX_ROLES }: ExplainErrorOptions,
): readonly AccessFix[] {
  const { principalId, action, scope } = request;
  const target = { principalId, action, scope };
  const last: readonly AccessFix[] = [
    { ...target, kind: 'refreshCredentials' },
    { ...target, kind: 'checkScope' },
  ];
  if (decision?.verdict === 'allowed') return last;
  const denials = decision?.denials ?? [];
  const conditions = (decision?.nearMisses ?? []).filter(
    ({ reason }) => reason === 'condition' || reason === 'conditionUnmet',
  );
  // What promises most goes first; what is known from a snapshot beats what is a guess.
  return [
    ...denials.map((denial) => ({ ...target, kind: 'exemptFromDenial' as const, denial })),
    ...(kind === 'denied' && denials.length === 0
      ? [{ ...target, kind: 'exemptFromDenial' as const, denial: undefined }]
      : []),
    ...(decision?.eligible ?? []).map((eligible) => ({ ...target, kind: 'activate' as const, eligible })),
    ...conditions.map((nearMiss) => ({ ...target, kind: 'meetCondition' as const, nearMiss })),
    ...(kind === 'conditionNotMet' && conditions.length === 0
      ? [{ ...target, kind: 'meetCondition' as const, nearMiss: undefined }]
      : []),
    ...(kind === 'denied' ? [] : proposals(request, snapshot).slice(0, maxRoles)).map((proposal) => ({
      ...target,
      kind: 'assignRole' as const,
      proposal,
    })),
    ...last,
  ];
}

/** None for a scope that is no id: there is nothing to assign a role on. */
function proposals(
  request: AccessRequest,
  snapshot: AccessSnapshot = { roleDefinitions: builtInRoles, roleAssignments: [] },
): ReturnType<typeof whatWouldAllow> {
  try {
    parseScope(request.scope);
  } catch {
    return [];
  }
  return whatWouldAllow(snapshot, request);
}

function headline({ kind, code, action, scopes, held, principalId }: AccessError): string {
  const where = scopes.join(', ');
  switch (kind) {
    case 'authorizationFailed':
      return `${code}: no role grants ${principalId} the operation ${action} at ${where}.`;
    case 'conditionNotMet':
      return `${code}: no role grants ${principalId} the operation ${action} at ${where}, or a condition of one is not met.`;
    case 'linkedAuthorizationFailed':
      return `${code}: ${held?.action ?? 'the request'} is granted, but it refers to ${where}, where ${principalId} lacks ${action}.`;
    case 'denied':
      return `${code}: a deny assignment keeps ${principalId} from ${action} at ${where}.`;
  }
}
