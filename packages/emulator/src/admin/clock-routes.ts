import * as z from 'zod';

import type { EmulatorClock } from '../control/emulator-clock.js';
import { jsonAnswer } from '../http/answer.js';
import type { AdminContext, AdminRoutes } from './admin-context.js';
import { readAdminBody } from './read-admin-body.js';

const change = z.union(
  [
    z.strictObject({ set: z.union([z.number(), z.string()]) }),
    z.strictObject({ advance: z.union([z.number(), z.string()]) }),
    z.strictObject({ rate: z.number() }),
    z.strictObject({ action: z.enum(['freeze', 'resume', 'reset']) }),
  ],
  { error: 'none of { set }, { advance }, { rate } and { action: freeze, resume or reset }' },
);

/** The clock. */
export const clockRoutes: AdminRoutes = {
  'GET clock': ({ clock }) => jsonAnswer(200, presentClock(clock)),
  'POST clock': (context) => {
    apply(context, readAdminBody(context, change));
    return jsonAnswer(200, presentClock(context.clock));
  },
};

function apply({ clock }: AdminContext, wanted: z.infer<typeof change>): void {
  if ('set' in wanted) clock.set(wanted.set);
  else if ('advance' in wanted) clock.advance(wanted.advance);
  else if ('rate' in wanted) clock.rate(wanted.rate);
  else clock[wanted.action]();
}

/** The state of the clock, with the time as text as well. */
export function presentClock({ state }: EmulatorClock): Record<string, unknown> {
  return { ...state, time: new Date(state.now).toISOString() };
}
