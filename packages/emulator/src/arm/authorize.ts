import type { Call } from '../http/call.js';
import type { ArmContext, ArmType, ListRule } from './arm-context.js';
import { authorizationFailed } from './authorization-failed.js';
import { describeDecision, printableAscii } from './describe-decision.js';
import type { ArmPath } from './parse-arm-path.js';
import { traceDecision } from './trace-decision.js';

const VERBS: Readonly<Record<string, string>> = {
  GET: 'read',
  HEAD: 'read',
  PUT: 'write',
  PATCH: 'write',
  DELETE: 'delete',
  POST: 'action',
};

/**
 * Enforces Azure RBAC on the request itself.
 *
 * @returns what was decided, for the header `x-emu-decision`
 * @throws a refusal: 403 `AuthorizationFailed` or `DenyAssignmentAuthorizationFailed`
 */
export function authorize(context: ArmContext, type: ArmType | undefined): string {
  const { access, call, caller, path } = context;
  if (type?.gate !== undefined) return type.gate(context);
  const isList = path.isCollection && (call.method === 'GET' || call.method === 'HEAD');
  const rule = isList ? listRule(context, type) : undefined;
  if (rule === 'open') return 'allow; every caller may ask for this list';
  if (!path.isCollection && call.method === 'GET' && type?.isPublic?.(context) === true) {
    return 'allow; every caller may read this';
  }
  if (!path.isCollection && call.method === 'GET' && type?.isOwn?.(context) === true) {
    return 'allow; the caller may read its own';
  }
  const action = operationOf(call, path, type);
  const scope = type?.decideAt?.(context) ?? (path.isCollection ? path.scope : path.id);
  const decision = access.decide(caller.objectId, action, scope, type?.attributes?.(context));
  call.trace.rbac = traceDecision(caller, decision);
  if (decision.verdict === 'allowed') return describeDecision(decision);
  if (rule === 'filtered' && access.hasRoleBelow(caller.objectId, scope)) {
    return printableAscii(`filter; action=${action}; scope=${scope}; only what the caller may read`);
  }
  throw authorizationFailed(caller, decision);
}

/** The operation of Azure RBAC that a request is. */
export function operationOf(call: Call, path: ArmPath, type: ArmType | undefined): string {
  const isRead = path.isCollection && type?.readActions?.includes(path.type.split('/').at(-1) ?? '') === true;
  return `${path.type}/${isRead ? 'read' : (VERBS[call.method] ?? 'action')}`;
}

function listRule(context: ArmContext, type: ArmType | undefined): ListRule | undefined {
  const rule = type?.list?.rule;
  return typeof rule === 'function' ? rule(context) : rule;
}
