import { USERS } from '../directory-objects.js';
import { findUser } from '../find-row.js';
import type { GraphRoutes } from '../graph-context.js';
import { meId } from '../me-id.js';
import { answerWith, readRoutes } from './read-routes.js';

/** `/users` and `/me`. Users are read only. */
export const userRoutes: GraphRoutes = {
  ...readRoutes(USERS, 'user.read', findUser),
  'GET me': {
    operation: 'me.read',
    handler: (context) => answerWith(context, 200, USERS, meId(context)),
  },
};
