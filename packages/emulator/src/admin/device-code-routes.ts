import { firstPartyName } from '../entra/users/sign-in-client.js';
import { deviceCodeApi } from '../entra/devices/device-code-api.js';
import { jsonAnswer } from '../http/answer.js';
import type { AdminContext, AdminRoutes } from './admin-context.js';

/** Devices that wait for a person. */
export const deviceCodeRoutes: AdminRoutes = {
  'GET device-codes': (context) => jsonAnswer(200, { value: waiting(context) }),
  'POST device-codes/{}': ({ call, ids }) =>
    deviceCodeApi({ ...call, segments: ['_emu', 'device-codes', ...ids] }),
};

function waiting({ store, clock }: AdminContext): readonly Record<string, unknown>[] {
  return store
    .list('deviceCodes')
    .filter(({ state, expiresAt }) => state === 'pending' && expiresAt > clock.now())
    .map(({ userCode, clientId, tenantId, scope, expiresAt }) => ({
      userCode,
      clientId,
      application:
        firstPartyName(clientId) ??
        store.list('applications').find((app) => app.clientId === clientId)?.displayName ??
        clientId,
      tenantId,
      scope,
      expiresAt: new Date(expiresAt).toISOString(),
    }));
}
