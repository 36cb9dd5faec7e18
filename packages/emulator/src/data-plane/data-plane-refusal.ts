import { jsonAnswer, Refusal } from '../http/answer.js';

/**
 * A refusal of the data plane: the `ErrorResponse` of its OpenAPI documents.
 *
 * @param code - such as `NotFound`
 * @param headers - further ones, such as `x-emu-decision`
 */
export function dataPlaneRefusal(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Refusal {
  return new Refusal((call) => {
    const region = call.segments[1] ?? '';
    const body = {
      error: { code: status < 500 ? 'UserError' : 'ServiceError', message, innerError: { code } },
      correlation: { operation: call.requestId.replaceAll('-', ''), request: call.requestId.slice(-12) },
      environment: region,
      location: region,
      time: new Date(call.world.clock.now()).toISOString(),
    };
    return jsonAnswer(status, body, { 'x-ms-error-code': code, ...headers });
  });
}
