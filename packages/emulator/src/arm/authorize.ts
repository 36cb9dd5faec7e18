import type { Decision } from '@aml-auth/permissions';

import type { Caller } from '../entra/verify-bearer.js';
import type { Call } from '../http/call.js';
import type { ArmContext, ArmType } from './arm-context.js';
import { armRefusal } from './arm-refusal.js';
import { describeDecision } from './describe-decision.js';
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
 * @throws a refusal: 403 `AuthorizationFailed`
 */
export function authorize(context: ArmContext, type: ArmType | undefined): string {
  const { access, call, caller, path } = context;
  const isList = path.isCollection && (call.method === 'GET' || call.method === 'HEAD');
  if (isList && type?.list?.rule === 'open') return 'allow; every caller may ask for this list';
  if (!path.isCollection && call.method === 'GET' && type?.isPublic?.(context) === true) {
    return 'allow; every caller may read this';
  }
  if (!path.isCollection && call.method === 'GET' && type?.isOwn?.(context) === true) {
    return 'allow; the caller may read its own';
  }
  const action = operationOf(call, path);
  const scope = path.isCollection ? path.scope : path.id;
  const decision = access.decide(caller.objectId, action, scope);
  call.trace.rbac = traceDecision(caller, decision);
  if (decision.verdict === 'allowed') return describeDecision(decision);
  if (isList && type?.list?.rule === 'filtered' && access.hasRoleBelow(caller.objectId, scope)) {
    return `filter; action=${action}; scope=${scope}; only what the caller may read`;
  }
  throw authorizationFailed(caller, decision);
}

/** The operation of Azure RBAC that a request is. */
export function operationOf(call: Call, path: ArmPath): string {
  return `${path.type}/${VERBS[call.method] ?? 'action'}`;
}

/** 403 `AuthorizationFailed`, word for word. */
export function authorizationFailed(caller: Caller, decision: Decision): Error {
  const { action, scope } = decision.request;
  const lack =
    decision.verdict === 'unknown'
      ? 'does not have authorization or an ABAC condition not fulfilled to perform action'
      : 'does not have authorization to perform action';
  const message = `The client '${caller.name}' with object id '${caller.objectId}' ${lack} '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  return armRefusal(403, 'AuthorizationFailed', message, { 'x-emu-decision': describeDecision(decision) });
}
