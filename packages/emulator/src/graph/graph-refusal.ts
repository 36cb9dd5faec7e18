import { isGuid } from '@aml-auth/core';

import { jsonAnswer, Refusal } from '../http/answer.js';
import type { Call } from '../http/call.js';

/** A {@link Refusal} with the body of Microsoft Graph. */
export function graphRefusal(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Refusal {
  return new Refusal((call) => {
    const innerError = {
      date: new Date(call.world.clock.now()).toISOString().slice(0, 19),
      'request-id': call.requestId,
      'client-request-id': clientRequestId(call),
    };
    const body = { error: { code, message, innerError } };
    return jsonAnswer(status, body, { 'x-ms-error-code': code, ...headers });
  });
}

/** 400 `Request_BadRequest`. */
export function badRequest(message: string): Refusal {
  return graphRefusal(400, 'Request_BadRequest', message);
}

/** 404 `Request_ResourceNotFound`, word for word. */
export function objectNotFound(id: string): Refusal {
  const message = `Resource '${id.slice(0, 200)}' does not exist or one of its queried reference-property objects are not present.`;
  return graphRefusal(404, 'Request_ResourceNotFound', message);
}

/** 403 `Authorization_RequestDenied`, word for word. */
export function requestDenied(decision: string): Refusal {
  const message = 'Insufficient privileges to complete the operation.';
  return graphRefusal(403, 'Authorization_RequestDenied', message, { 'x-emu-decision': decision });
}

/** The client's own id of the request, or that of the emulator. */
export function clientRequestId(call: Call): string {
  const given = call.headers.get('client-request-id');
  return given !== null && isGuid(given) ? given : call.requestId;
}
