import { setTimeout as wait } from 'node:timers/promises';

import { answerAadsts } from '../../entra/answer-aadsts.js';
import { plainError } from '../../http/answer.js';
import { breakOff } from '../../http/broken-answer.js';
import type { Call } from '../../http/call.js';
import type { ActiveFault, FaultAction } from './fault-rule.js';

/**
 * Answers a call on which a fault happens.
 *
 * @param proceed - the real answer, or a refusal
 * @param signal - ends a delay early, when nobody waits for the answer any more
 */
export async function withFault(
  call: Call,
  fault: ActiveFault,
  signal: AbortSignal,
  proceed: (call: Call) => Promise<Response>,
): Promise<Response> {
  const action = fault.do;
  call.trace.fault = fault.id;
  if (action.delayMs !== undefined && !(await waited(action.delayMs, signal))) return nobodyWaits();
  const response = await answer(call, action, proceed);
  for (const [name, value] of Object.entries(action.headers ?? {})) response.headers.set(name, value);
  response.headers.set('x-emu-fault', fault.id);
  if (action.reset !== undefined) breakOff(response, { kind: 'reset' });
  if (action.truncate !== undefined) {
    const half = Math.floor((await response.clone().arrayBuffer()).byteLength / 2);
    breakOff(response, { kind: 'truncate', bytes: action.truncate === true ? half : action.truncate });
  }
  return response;
}

async function answer(
  call: Call,
  { status, body, aadsts, replicationDelayMs }: FaultAction,
  proceed: (call: Call) => Promise<Response>,
): Promise<Response> {
  if (aadsts !== undefined) return answerAadsts(call, aadsts);
  if (status !== undefined) return staticAnswer(status, body);
  if (replicationDelayMs === undefined) return proceed(call);
  const world = { ...call.world, store: call.world.store.delayed(replicationDelayMs) };
  return proceed({ ...call, world });
}

function staticAnswer(status: number, body: unknown): Response {
  // Such answers cannot have a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5).
  if (body === undefined || [204, 205, 304].includes(status)) return new Response(null, { status });
  const isText = typeof body === 'string';
  return new Response(isText ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8' },
  });
}

async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

/** Nobody sees it, apart from the record of requests; the status is that of other servers for this. */
function nobodyWaits(): Response {
  return plainError(499, 'ClientClosedRequest', 'The client did not wait for the answer.');
}
