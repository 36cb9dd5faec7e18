import { plainError, Refusal } from '../http/answer.js';

/** A {@link Refusal} with the body of Azure Resource Manager. */
export function armRefusal(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Refusal {
  return new Refusal(() => plainError(status, code, message, headers));
}
