import { asText, parseObject } from '../../core/json.js';
import { emptyAnswer, plainError } from '../../http/answer.js';
import type { Call } from '../../http/call.js';
import { findUser } from '../users/find-user.js';
import { approve, decline, pendingDeviceCode, slowDown } from './decide-device-code.js';

/**
 * `POST /_emu/device-codes/{user code}` with `{"action": "approve", "upn": "…"}`, `{"action": "decline"}` or
 * `{"action": "slow_down"}`, for programs outside this process. It takes JSON only, which a web page of
 * another site cannot send.
 */
export function deviceCodeApi(call: Call): Response {
  if (call.method !== 'POST') return plainError(405, 'MethodNotAllowed', 'Use POST.', { allow: 'POST' });
  if (!/^application\/json\b/i.test(call.headers.get('content-type') ?? '')) {
    return plainError(415, 'UnsupportedMediaType', 'Send the body as application/json.');
  }
  const body = parseObject(call.body);
  const { world, segments } = call;
  const row = pendingDeviceCode(world, segments[2] ?? '');
  if (row === undefined) return plainError(404, 'NotFound', 'No device waits with this code.');
  switch (body['action']) {
    case 'approve': {
      const user = findUser(world.store, row.tenantId, asText(body['upn']) ?? '');
      if (user === undefined)
        return plainError(404, 'NotFound', 'There is no user with this upn in the tenant.');
      approve(world, row, user);
      break;
    }
    case 'decline':
      decline(world, row);
      break;
    case 'slow_down':
      slowDown(world, row);
      break;
    default:
      return plainError(400, 'BadRequest', 'action is approve, decline or slow_down.');
  }
  return emptyAnswer(204);
}
