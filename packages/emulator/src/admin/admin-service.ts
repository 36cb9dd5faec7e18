import { AmlAuthError } from '@aml-auth/core';

import { parseJson } from '../core/json.js';
import { deviceCodeApi } from '../entra/devices/device-code-api.js';
import { jsonAnswer, plainError, Refusal } from '../http/answer.js';
import type { Call, Service } from '../http/call.js';
import type { Administered, AdminRoutes } from './admin-context.js';
import { clockRoutes } from './clock-routes.js';
import { deviceCodeRoutes } from './device-code-routes.js';
import { directoryRoutes } from './directory-routes.js';
import { faultRoutes } from './fault-routes.js';
import { refuseForeign } from './guard.js';
import { inspectorPage } from './inspector-page.js';
import { requestRoutes } from './request-routes.js';
import { signInRoutes } from './sign-in-routes.js';
import { stateRoutes } from './state-routes.js';

const ROUTES: AdminRoutes = {
  ...stateRoutes,
  ...requestRoutes,
  ...signInRoutes,
  ...clockRoutes,
  ...faultRoutes,
  ...directoryRoutes,
  ...deviceCodeRoutes,
};

/** `/_emu/…`: the inspector, and the interface that it and other programs use. */
export function adminService(administered: Administered): Service {
  return (call) => {
    const response = refuseForeign(call) ?? answer(administered, call);
    response.headers.set('cache-control', 'no-store');
    response.headers.set('x-content-type-options', 'nosniff');
    return response;
  };
}

function answer(administered: Administered, call: Call): Response {
  const [, area = '', ...path] = call.segments;
  if (area === 'device-codes') return deviceCodeApi(call);
  if (area !== 'api') return inspectorPage(call);
  const here = Object.entries(ROUTES).flatMap(([route, handler]) => {
    const [method = '', pattern = ''] = route.split(' ');
    const ids = idsIn(pattern, path);
    return ids === undefined ? [] : [{ method, handler, ids }];
  });
  const found = here.find(({ method }) => method === call.method);
  if (found === undefined) return notHere(here.map(({ method }) => method));
  try {
    return found.handler({ ...administered, call, ids: found.ids, body: () => readBody(call.body) });
  } catch (error) {
    return refusalOf(call, error);
  }
}

/** The ids in a path of the form of a pattern; undefined where it has another form. */
function idsIn(pattern: string, path: readonly string[]): readonly string[] | undefined {
  const parts = pattern.split('/');
  if (parts.length !== path.length) return undefined;
  if (parts.some((part, index) => part !== '{}' && part !== path[index])) return undefined;
  return path.filter((_, index) => parts[index] === '{}');
}

function notHere(allowed: readonly string[]): Response {
  if (allowed.length === 0) return plainError(404, 'NotFound', 'The emulator has nothing at this path.');
  const allow = allowed.join(', ');
  return plainError(405, 'MethodNotAllowed', `Use ${allow}.`, { allow });
}

function readBody(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new Refusal(() => plainError(400, 'BadRequest', 'The body is not JSON.'));
  }
}

/** What was wrong with a request, in the words of the error that `Emulator` would throw. */
function refusalOf(call: Call, error: unknown): Response {
  if (error instanceof Refusal) return error.answer(call);
  if (!(error instanceof AmlAuthError)) throw error;
  const { code, message, remedy } = error;
  const status = code === 'AML_NOT_FOUND' ? 404 : 400;
  return jsonAnswer(status, { error: { code, message, remedy } }, { 'x-ms-error-code': code });
}
