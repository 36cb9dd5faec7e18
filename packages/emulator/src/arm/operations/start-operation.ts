import type { ArmOperation, OperationResult, StoreChange } from '../../core/operation-rows.js';
import { randomGuid } from '../../core/random.js';
import { emptyAnswer, jsonAnswer } from '../../http/answer.js';
import type { ArmContext } from '../arm-context.js';
import type { OperationKindName } from './operation-kinds.js';
import { operationUrl, retryAfter } from './operation-url.js';
import { takeFailure } from './take-failure.js';

/** A long-running operation that a resource provider begins. */
export interface OperationRequest {
  readonly kind: OperationKindName;
  /**
   * How a client follows it: by `Azure-AsyncOperation` (a status document), by `Location` (202 until it is
   * done, then the result), by both, or by `provisioningState` in the body of the resource itself.
   */
  readonly style: 'async' | 'location' | 'both' | 'body';
  /** What it is about; `provisioningState()` of it follows the operation. */
  readonly resourceId: string;
  /** The region in the paths where it is polled. */
  readonly location: string;
  /** `provisioningState` of the resource until the end, such as `Creating`. */
  readonly runningState: string;
  /** Default: 201 with a body, 202 without. */
  readonly status?: number;
  /** The body of the first answer, made when the operation is known. Default: none. */
  readonly body?: () => unknown;
  /** What `Location` gives at the end. Default: the resource, or 204 where it is `Deleting`. */
  readonly result?: OperationResult;
  /** What happens to the rows when it succeeds, and when it does not. Default: nothing. */
  readonly onSuccess?: readonly StoreChange[];
  readonly onFailure?: readonly StoreChange[];
  /** Milliseconds that it takes. Default: as the seed says. */
  readonly durationMs?: number;
}

/**
 * Begins a long-running operation on the emulator's clock and gives its first answer. Until the end the
 * resource is in `runningState`, even where the operation takes no time: then the first poll ends it.
 */
export function startOperation(context: ArmContext, request: OperationRequest): Response {
  const { call } = context;
  const operation = operationOf(context, request);
  call.world.store.put('operations', operation.id, operation);
  const headers = pollHeaders(context, operation, request.style);
  if (request.body === undefined) return emptyAnswer(request.status ?? 202, headers);
  return jsonAnswer(request.status ?? 201, request.body(), headers);
}

function operationOf(context: ArmContext, request: OperationRequest): ArmOperation {
  const { call, caller, path, tenantId } = context;
  const { clock, operations, random, store } = call.world;
  const { kind, resourceId, location, runningState, onSuccess = [], onFailure = [] } = request;
  const startedAt = clock.now();
  const failure = takeFailure(store, resourceId);
  return {
    id: randomGuid(random),
    tenantId,
    subscriptionId: path.subscriptionId?.toLowerCase() ?? '',
    kind,
    location,
    resourceId,
    ownerId: caller.objectId,
    startedAt,
    endsAt: startedAt + (request.durationMs ?? operations.durationMs),
    runningState,
    outcome: failure?.outcome ?? 'Succeeded',
    isFinished: false,
    error:
      failure === undefined
        ? null
        : {
            status: failure.outcome === 'Canceled' ? 409 : 400,
            code: failure.code,
            message: failure.message,
          },
    result: request.result ?? defaultResult(runningState),
    onSuccess,
    onFailure,
  };
}

function defaultResult(runningState: string): OperationResult {
  return runningState === 'Deleting' ? { from: 'answer', status: 204 } : { from: 'resource' };
}

function pollHeaders(
  { call }: ArmContext,
  operation: ArmOperation,
  style: OperationRequest['style'],
): Record<string, string> {
  return {
    ...(style === 'async' || style === 'both'
      ? { 'azure-asyncoperation': operationUrl(call, operation, 'status') }
      : {}),
    ...(style === 'location' || style === 'both'
      ? { location: operationUrl(call, operation, 'result') }
      : {}),
    'retry-after': retryAfter(call, operation),
  };
}
