import type { Call } from '../../../http/call.js';
import { jsonAnswer, Refusal } from '../../../http/answer.js';

/**
 * A refusal of the part of the service that keeps assets, datastores, jobs and endpoints: its code is always
 * `UserError`, what happened stands in `InnerError` of `additionalInfo`.
 *
 * @param inner - such as `NotFoundError`
 */
function mfeRefusal(status: number, inner: string, message: string, location = 'westeurope'): Refusal {
  return new Refusal((call: Call) => {
    const info = (type: string, value: unknown): Record<string, unknown> => ({ type, info: { value } });
    const error = {
      code: 'UserError',
      message,
      details: [],
      additionalInfo: [
        info('ComponentName', 'managementfrontend'),
        info('Correlation', {
          operation: call.requestId.replaceAll('-', ''),
          request: call.requestId.slice(-12),
        }),
        info('Environment', location),
        info('Location', location),
        info('Time', new Date(call.world.clock.now()).toISOString()),
        info('InnerError', { code: inner, innerError: null }),
      ],
    };
    return jsonAnswer(status, { error }, { 'x-ms-error-code': error.code });
  });
}

/** 404 of an asset, datastore, job or endpoint. */
export function mfeNotFound(noun: string, name: string): Refusal {
  return mfeRefusal(404, 'NotFoundError', `${noun} ${name} not found.`);
}

/** 400 of a body that lacks something or has something that cannot be. */
export function mfeInvalid(message: string): Refusal {
  return mfeRefusal(400, 'BadArgumentError', message);
}
