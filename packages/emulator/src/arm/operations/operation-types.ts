import type { ArmOperation } from '../../core/operation-rows.js';
import { emptyAnswer, jsonAnswer, plainError } from '../../http/answer.js';
import { queryValue } from '../../http/call.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { OPERATION_KINDS, operationKind, type OperationKind } from './operation-kinds.js';
import { operationUrl, retryAfter } from './operation-url.js';

const kinds: readonly OperationKind[] = Object.values(OPERATION_KINDS);

/** The resource types at which long-running operations are polled. */
export const operationTypes: readonly ArmType[] = kinds
  .flatMap(({ apiVersions, statusType, resultType }) => [
    { apiVersions, type: statusType },
    { apiVersions, type: resultType },
  ])
  .filter(({ type }, index, all) => all.findIndex((other) => other.type === type) === index)
  .map((type) => ({
    ...type,
    isOwn: (context) => findOperation(context)?.ownerId === context.caller.objectId,
    get: poll,
  }));

function poll(context: ArmContext): Response | Promise<Response> {
  const operation = findOperation(context);
  if (operation === undefined) {
    const message = `The operation '${context.path.names.at(-1) ?? ''}' could not be found.`;
    throw armRefusal(404, 'OperationNotFound', message);
  }
  return wantsResult(context, operation) ? result(context, operation) : status(context, operation);
}

function findOperation({ call, path, tenantId }: ArmContext): ArmOperation | undefined {
  const row = call.world.store.get('operations', path.names.at(-1) ?? '');
  if (row?.tenantId !== tenantId || row.subscriptionId !== path.subscriptionId?.toLowerCase()) {
    return undefined;
  }
  const { statusType, resultType } = operationKind(row.kind);
  return [statusType, resultType].includes(path.type) ? row : undefined;
}

function wantsResult({ call, path }: ArmContext, { kind }: ArmOperation): boolean {
  const { statusType } = operationKind(kind);
  return path.type !== statusType || queryValue(call, 'monitor')?.toLowerCase() === 'true';
}

/** The status document: 200 whatever became of the operation. */
function status({ call, path }: ArmContext, operation: ArmOperation): Response {
  const { isFinished, outcome, error, startedAt, endsAt } = operation;
  const now = call.world.clock.now();
  const share = (now - startedAt) / Math.max(1, endsAt - startedAt);
  const body = {
    id: path.id,
    name: operation.id,
    status: isFinished ? outcome : 'InProgress',
    startTime: new Date(startedAt).toISOString(),
    ...(isFinished ? { endTime: new Date(endsAt).toISOString() } : {}),
    percentComplete: isFinished ? 100 : Math.min(99, Math.max(0, Math.floor(share * 100))),
    ...(isFinished && error !== null ? { error: { code: error.code, message: error.message } } : {}),
    ...(isFinished && operation.result.from === 'answer' && operation.result.body !== undefined
      ? { properties: operation.result.body }
      : {}),
  };
  if (isFinished) return jsonAnswer(200, body);
  return jsonAnswer(200, body, {
    'azure-asyncoperation': operationUrl(call, operation, 'status'),
    'retry-after': retryAfter(call, operation),
  });
}

/** 202 until the end, then what an answer without an operation would have been. */
function result(context: ArmContext, operation: ArmOperation): Response | Promise<Response> {
  const { call } = context;
  if (!operation.isFinished) {
    return emptyAnswer(202, {
      location: operationUrl(call, operation, 'result'),
      'retry-after': retryAfter(call, operation),
    });
  }
  const { error, result: end } = operation;
  if (error !== null) return plainError(error.status, error.code, error.message);
  if (end.from === 'resource') return context.read(operation.resourceId);
  return end.body === undefined ? emptyAnswer(end.status) : jsonAnswer(end.status, end.body);
}
