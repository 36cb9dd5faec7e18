import type { FaultInput } from '../control/faults/fault-rule.js';
import { emptyAnswer, jsonAnswer, plainError } from '../http/answer.js';
import type { AdminRoutes } from './admin-context.js';

/** What goes wrong. A fault is parsed where it is added. */
export const faultRoutes: AdminRoutes = {
  'GET faults': ({ call }) => jsonAnswer(200, { value: call.world.faults.list() }),
  'POST faults': ({ call, body }) => {
    const given = body();
    const faults = (Array.isArray(given) ? given : [given]) as readonly FaultInput[];
    return jsonAnswer(201, { value: call.world.faults.add(...faults) });
  },
  'DELETE faults': ({ call }) => {
    call.world.faults.clear();
    return emptyAnswer(204);
  },
  'DELETE faults/{}': ({ call, ids }) =>
    call.world.faults.clear(ids[0] ?? '')
      ? emptyAnswer(204)
      : plainError(404, 'NotFound', 'There is no fault with this id.'),
};
