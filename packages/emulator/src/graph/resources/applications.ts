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
  'POST applications': { operation: 'application.create', handler: (context) => create(context) },
  'PATCH applications/{}': {
    ...APPLICATION_WRITE,
    // Who makes one owns it.
    owners: (context) =>
      missingName(context) === undefined ? ownersOf(findApplication)(context) : [context.caller.objectId],
    handler(context) {
      const uniqueName = missingName(context);
      if (uniqueName !== undefined) return create(context, { uniqueName });
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

/**
 * The unique name of an application that a request makes where there is none of that name ([upsert
 * application](https://learn.microsoft.com/graph/api/application-upsert)); undefined for all other requests.
 */
function missingName(context: GraphContext): string | undefined {
  const { call, ids, tenantId } = context;
  const name = /^uniqueName='(.*)'$/i.exec(ids[0] ?? '')?.[1];
  if (name === undefined || !/\bcreate-if-missing\b/i.test(call.headers.get('prefer') ?? ''))
    return undefined;
  const isThere = call.world.store
    .list('applications')
    .some((row) => row.tenantId === tenantId && row.uniqueName === name);
  return isThere ? undefined : name;
}

function create(context: GraphContext, more: Pick<Application, 'uniqueName'> = {}): Response {
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
    ...more,
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
