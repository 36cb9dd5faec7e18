import { Refusal } from '../../http/answer.js';
import type { Call } from '../../http/call.js';
import type { EntraErrorBody } from '../entra-refusal.js';

/** The body of a refusal; other errors go on. */
export async function errorBodyOf(call: Call, error: unknown): Promise<EntraErrorBody> {
  if (!(error instanceof Refusal)) throw error;
  return (await error.answer(call).json()) as EntraErrorBody;
}

/** What a client is told of an error in a redirect or form (RFC 6749, section 4.1.2.1). */
export function errorFields(body: EntraErrorBody): Record<string, string> {
  const uri = body['error_uri'];
  return {
    error: body.error,
    error_description: body.error_description,
    ...(typeof uri === 'string' ? { error_uri: uri } : {}),
  };
}
