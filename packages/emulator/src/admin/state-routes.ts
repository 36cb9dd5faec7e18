import * as z from 'zod';

import { describeCloud } from '../describe-cloud.js';
import { emptyAnswer, jsonAnswer } from '../http/answer.js';
import { originOf } from '../http/own-hosts.js';
import type { EmulatorSnapshot } from '../core/store.js';
import type { AdminContext, AdminRoutes } from './admin-context.js';
import { presentClock } from './clock-routes.js';
import { readAdminBody } from './read-admin-body.js';

const snapshot = z.looseObject({ version: z.number(), tables: z.record(z.string(), z.unknown()) });
const revocation = z.strictObject({ principal: z.string().min(1), refreshTokens: z.boolean().optional() });

/** The emulator as a whole: where it is, its state to keep and put back, and revoked tokens. */
export const stateRoutes: AdminRoutes = {
  'GET state': (context) => jsonAnswer(200, presentState(context)),
  'GET snapshot': ({ store }) => jsonAnswer(200, store.snapshot()),
  'POST restore': (context) => {
    // restore() looks at the rest.
    context.store.restore(readAdminBody(context, snapshot) as unknown as EmulatorSnapshot);
    return emptyAnswer(204);
  },
  'POST revoke': (context) => {
    const { principal, refreshTokens } = readAdminBody(context, revocation);
    context.control.revoke(principal);
    if (refreshTokens === true) context.control.revokeRefreshTokens(principal);
    return emptyAnswer(204);
  },
};

function presentState({ call, clock, log, store }: AdminContext): Record<string, unknown> {
  const { hosts, faults } = call.world;
  const origin = originOf(hosts);
  return {
    origin,
    cloud: describeCloud(origin).name,
    proxy: hosts.proxy === true,
    clock: presentClock(clock),
    faults: faults.list(),
    deviceCodes: store
      .list('deviceCodes')
      .filter(({ state, expiresAt }) => state === 'pending' && expiresAt > clock.now()).length,
    lastRequest: log.exchanges.at(-1)?.sequence ?? 0,
  };
}
