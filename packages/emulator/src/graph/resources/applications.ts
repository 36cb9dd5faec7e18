import { randomGuid } from '../../core/random.js';
import type { Application } from '../../core/directory-rows.js';
import { emptyAnswer } from '../../http/answer.js';
import { APPLICATIONS } from '../directory-objects.js';
import { findApplication } from '../find-row.js';
import type { GraphContext, GraphEndpoint, GraphRoutes } from '../graph-context.js';
import { ownersOf } from '../owners-of.js';
import { requiredText } from '../read-graph-body.js';
import { removeObject } from '../remove-object.js';
import { answerWith, readRoutes } from './read-routes.js';
import { readApplication } from './read-application.js';

/** The application that the path names. */
export function applicationOf(context: GraphContext): Application {
  return findApplication(context, context.ids[0] ?? '');
}

/** What changes an application, for its owners too. */
export const APPLICATION_WRITE: Pick<GraphEndpoint, 'operation' | 'owners'> = {
  operation: 'application.write',
  owners: ownersOf(findApplication),
};

/** `/applications`. */
export const applicationRoutes: GraphRoutes = {
  ...readRoutes(APPLICATIONS, 'application.read', findApplication),
  'POST applications': { operation: 'application.create', handler: create },
  'PATCH applications/{}': {
    ...APPLICATION_WRITE,
    handler(context) {
      const row = applicationOf(context);
      const changes = readApplication(context.body(), row, () => randomGuid(context.call.world.random));
      putApplication(context, { ...row, ...changes });
      return emptyAnswer(204);
    },
  },
  'DELETE applications/{}': { ...APPLICATION_WRITE, handler: remove },
};

/** Writes an application. Its service principal goes by the same name. */
export function putApplication({ call }: GraphContext, row: Application): void {
  const { store } = call.world;
  store.put('applications', row.id, row);
  for (const principal of store.list('servicePrincipals')) {
    const isItsOwn = principal.appId === row.clientId && principal.tenantId === row.tenantId;
    if (isItsOwn && principal.displayName !== row.displayName) {
      store.put('servicePrincipals', principal.id, { ...principal, displayName: row.displayName });
    }
  }
}

function create(context: GraphContext): Response {
  const { call, caller, tenantId } = context;
  const { clock, random } = call.world;
  const body = context.body();
  const newId = (): string => randomGuid(random);
  const id = newId();
  putApplication(context, {
    id,
    tenantId,
    clientId: newId(),
    displayName: requiredText(body, 'displayName', 256),
    passwordCredentials: [],
    keyCredentials: [],
    federatedCredentials: [],
    isPublicClient: false,
    redirectUris: [],
    tokenLifetime: null,
    ownerIds: [caller.objectId],
    createdAt: clock.now(),
    ...readApplication(body, undefined, newId),
  });
  return answerWith(context, 201, APPLICATIONS, id);
}

/** Its service principal in the same tenant goes with it. */
function remove(context: GraphContext): Response {
  const row = applicationOf(context);
  const { store } = context.call.world;
  for (const { id, appId, tenantId } of store.list('servicePrincipals')) {
    if (appId === row.clientId && tenantId === row.tenantId) removeObject(store, 'servicePrincipals', id);
  }
  store.remove('applications', row.id);
  return emptyAnswer(204);
}
