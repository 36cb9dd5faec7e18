import type { Call } from './call.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** An answer with a JSON body. */
export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': JSON_TYPE, ...headers } });
}

/** An answer without a body. */
export function emptyAnswer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers });
}

/**
 * The error envelope of Azure Resource Manager, whose code the header `x-ms-error-code` repeats; the
 * emulator speaks for itself in it as well.
 */
export function plainError(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return jsonAnswer(status, { error: { code, message } }, { 'x-ms-error-code': code, ...headers });
}

/** Thrown inside a service to end a call with an answer that refuses it. */
export class Refusal extends Error {
  readonly answer: (call: Call) => Response;

  constructor(answer: (call: Call) => Response) {
    super('The emulator refuses the request.');
    this.answer = answer;
  }
}
