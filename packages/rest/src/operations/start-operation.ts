import { isAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import { parseReply, type IncomingReply, type OutgoingRequest } from '../arm/send-once.js';
import { askedWaitMs } from '../http/asked-wait.js';
import { containsAll } from './contains-all.js';
import { finishedOperation, followedOperation, type Operation, type OperationContext } from './operation.js';
import type { OperationHandle } from './operation-handle.js';
import { followedBy } from './read-operation.js';

/** A write that may begin a long-running operation. */
export interface Write {
  readonly method: OperationHandle['method'];
  readonly url: string;
  /** JSON text. */
  readonly body: string | undefined;
  readonly correlationId: string;
  /** The body as it was given, to find it again in the resource. */
  readonly wanted: unknown;
  readonly cancelBy?: OperationHandle['cancelBy'];
}

/** What {@link startOperation} needs of its client. */
export interface StartContext extends OperationContext {
  /** Sends a write, with the retries that are safe for it. */
  readonly write: (request: OutgoingRequest) => Promise<IncomingReply>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a write and gives the operation behind it. Where it stays open whether a PUT or a DELETE was carried
 * out (a timeout, 504, a broken connection), the resource is read: what is there as it was wanted counts as done,
 * what is not is written once more. A POST or PATCH is never sent twice.
 *
 * @throws {AmlAuthError} that of the write
 */
export async function startOperation(context: StartContext, write: Write): Promise<Operation> {
  try {
    return await send(context, write);
  } catch (error) {
    if (!isAmlAuthError(error) || !isAmbiguous(error, write)) throw error;
    return resolve(context, write, error);
  }
}

async function send(context: StartContext, write: Write): Promise<Operation> {
  const { method, url, body, correlationId } = write;
  const request = { method, url, body, correlationId };
  return operationOf(context, write, await context.write(request), request);
}

function operationOf(
  context: StartContext,
  { method, url, correlationId, cancelBy }: Write,
  reply: IncomingReply,
  request: OutgoingRequest,
): Operation {
  const body = parseReply(request, reply);
  const handle = followedBy({ method, resourceUrl: url, correlationId }, { ...reply, body });
  if (handle === undefined) return finishedOperation(method === 'DELETE' ? undefined : body);
  const whole = { ...handle, ...(cancelBy === undefined ? {} : { cancelBy }) };
  return followedOperation(context, whole, askedWaitMs(reply.headers, context.clock.now()));
}

/** Whether Azure may have carried out what it gave no answer to. */
function isAmbiguous({ code, status }: AmlAuthError, { method }: Write): boolean {
  if (method !== 'PUT' && method !== 'DELETE') return false;
  return status === 504 || (status === undefined && (code === 'AML_TIMEOUT' || code === 'AML_NETWORK'));
}

async function resolve(context: StartContext, write: Write, ambiguous: AmlAuthError): Promise<Operation> {
  const { method, url, correlationId, wanted, cancelBy } = write;
  const request = { method: 'GET', url, body: undefined, correlationId };
  let reply: IncomingReply;
  try {
    reply = await context.send(request, context.signal);
  } catch (error) {
    if (!isAmlAuthError(error) || error.status !== 404) throw ambiguous;
    return method === 'DELETE' ? finishedOperation(undefined) : send(context, write);
  }
  const body = parseReply(request, reply);
  const handle = followedBy({ method, resourceUrl: url, correlationId }, { ...reply, body });
  const isDeleting = /^deleting$/i.test(String(stateOf(body)));
  const isDone = method === 'DELETE' ? isDeleting : containsAll(body, wanted);
  if (isDone) {
    if (handle === undefined) return finishedOperation(body);
    return followedOperation(context, { ...handle, ...(cancelBy === undefined ? {} : { cancelBy }) });
  }
  // Something else is at work on the resource: a second write could only collide with it.
  if (handle !== undefined) throw ambiguous;
  return send(context, write);
}

function stateOf(body: unknown): unknown {
  return (body as { properties?: { provisioningState?: unknown } } | undefined)?.properties
    ?.provisioningState;
}
