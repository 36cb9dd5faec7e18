import type { OperationHandle } from './operation-handle.js';

/** How far an operation is. */
export interface OperationProgress {
  /** What `state` comes to. */
  readonly status: 'Running' | 'Succeeded' | 'Failed' | 'Canceled';
  /** The word of the service: `Creating`, `InProgress` … */
  readonly state: string;
  /** From 0 to 100, where the service tells. */
  readonly percentComplete?: number | undefined;
}

/** What one reply says of an operation. */
export interface Reading {
  readonly progress: OperationProgress;
  /** Where to ask next, where the reply names another place. */
  readonly pollUrl?: string | undefined;
  /** Of an operation that failed. */
  readonly error?: { readonly code?: string | undefined; readonly message?: string | undefined } | undefined;
  /** What came with the end. */
  readonly result?: unknown;
}

/** A reply, with its body parsed. */
export interface OperationReply {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  readonly body: unknown;
}

/**
 * How to follow what the first reply began; undefined where it is done. `Azure-AsyncOperation` goes before
 * `Location`, and both before `provisioningState` (Azure Resource Manager RPC, asynchronous operations). Azure ML
 * names the operation of an endpoint in the resource, too.
 */
export function followedBy(
  { method, resourceUrl, correlationId }: Pick<OperationHandle, 'method' | 'resourceUrl' | 'correlationId'>,
  { status, headers, body }: OperationReply,
): OperationHandle | undefined {
  const base = { version: 1, method, resourceUrl, correlationId } as const;
  const running = isRunning(body);
  const statusUrl =
    headers.get('azure-asyncoperation') ??
    (running ? textAt(body, ['properties', 'properties', 'AzureAsyncOperationUri']) : undefined);
  const location = headers.get('location') ?? undefined;
  if (statusUrl !== undefined) {
    const resultUrl = method === 'POST' ? location : undefined;
    return {
      ...base,
      style: 'status',
      pollUrl: statusUrl,
      ...(resultUrl === undefined ? {} : { resultUrl }),
    };
  }
  if (status === 202 && location !== undefined) return { ...base, style: 'location', pollUrl: location };
  if (method === 'POST') return undefined;
  const unfinishedDelete = method === 'DELETE' && status === 202;
  return running || unfinishedDelete ? { ...base, style: 'resource', pollUrl: resourceUrl } : undefined;
}

/** Reads a reply to a poll. */
export function readPoll(handle: OperationHandle, reply: OperationReply): Reading {
  switch (handle.style) {
    case 'status':
      return readStatus(reply);
    case 'location':
      return readLocation(reply);
    case 'resource':
      return readResource(handle, reply);
  }
}

function readStatus({ headers, body }: OperationReply): Reading {
  const state = textAt(body, ['status']) ?? 'Running';
  const percent = at(body, ['percentComplete']);
  return {
    progress: {
      status: meaningOf(state),
      state,
      ...(typeof percent === 'number' ? { percentComplete: percent } : {}),
    },
    pollUrl: headers.get('azure-asyncoperation') ?? undefined,
    error: errorIn(body),
    result: at(body, ['properties']),
  };
}

function readLocation({ status, headers, body }: OperationReply): Reading {
  if (status === 202) {
    return {
      progress: { status: 'Running', state: textAt(body, ['status']) ?? 'Running' },
      pollUrl: headers.get('location') ?? undefined,
    };
  }
  return { progress: { status: 'Succeeded', state: 'Succeeded' }, result: body };
}

function readResource({ method }: OperationHandle, { body }: OperationReply): Reading {
  const state = provisioningState(body);
  // What is deleted answers 404 at the end; until then it is there, in whatever state.
  const status = meaningOf(state);
  const progress = {
    status: method === 'DELETE' && status === 'Succeeded' ? 'Running' : status,
    state,
  } as const;
  return { progress, error: errorIn(at(body, ['properties'])), result: body };
}

/** Terminal are three states only; services also write `Cancelled`, `ProvisioningFailed`. */
function meaningOf(state: string): OperationProgress['status'] {
  const word = state.toLowerCase();
  if (word === 'succeeded') return 'Succeeded';
  if (word.includes('fail')) return 'Failed';
  return word === 'canceled' || word === 'cancelled' ? 'Canceled' : 'Running';
}

function isRunning(body: unknown): boolean {
  return meaningOf(provisioningState(body)) === 'Running';
}

/** An absent state means that it is done (Azure Resource Manager RPC). */
function provisioningState(body: unknown): string {
  return textAt(body, ['properties', 'provisioningState']) ?? 'Succeeded';
}

function errorIn(body: unknown): Reading['error'] {
  const error = at(body, ['error']);
  if (typeof error !== 'object' || error === null) return undefined;
  return { code: textAt(error, ['code']), message: textAt(error, ['message']) };
}

function textAt(value: unknown, path: readonly string[]): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (held, name) =>
      typeof held === 'object' && held !== null && Object.hasOwn(held, name)
        ? (held as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}
