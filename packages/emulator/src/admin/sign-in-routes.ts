import { jsonAnswer } from '../http/answer.js';
import type { AdminRoutes } from './admin-context.js';

/** The sign-ins to all tenants, newest first; Microsoft Graph shows them to those who may. */
export const signInRoutes: AdminRoutes = {
  'GET sign-ins': ({ call, store }) => {
    const all = store.list('tenants').flatMap(({ id }) => call.world.signIns.list(id));
    const newestFirst = all.toSorted((a, b) => b.createdAt - a.createdAt);
    return jsonAnswer(200, { value: newestFirst });
  },
};
