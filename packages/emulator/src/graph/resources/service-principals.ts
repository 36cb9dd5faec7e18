import { isGuid } from '@aml-auth/core';

import type { Application, ServicePrincipal } from '../../core/directory-rows.js';
import { randomGuid } from '../../core/random.js';
import { emptyAnswer } from '../../http/answer.js';
import { SERVICE_PRINCIPALS } from '../directory-objects.js';
import { findServicePrincipal } from '../find-row.js';
import type { GraphContext, GraphRoutes } from '../graph-context.js';
import { badRequest, graphRefusal } from '../graph-refusal.js';
import { ownersOf } from '../owners-of.js';
import { invalidValue, requiredText, type GraphBody } from '../read-graph-body.js';
import { removeObject } from '../remove-object.js';
import { answerWith, readRoutes } from './read-routes.js';

/** `/servicePrincipals`. */
export const servicePrincipalRoutes: GraphRoutes = {
  ...readRoutes(SERVICE_PRINCIPALS, 'application.read', findServicePrincipal),
  'POST servicePrincipals': {
    operation: 'servicePrincipal.create',
    owners: (context) => backingApplication(context)?.ownerIds ?? [],
    handler: create,
  },
  'PATCH servicePrincipals/{}': {
    operation: 'application.write',
    owners: ownersOf(findServicePrincipal),
    handler(context) {
      const row = findServicePrincipal(context, context.ids[0] ?? '');
      context.call.world.store.put('servicePrincipals', row.id, { ...row, ...readChanges(context.body()) });
      return emptyAnswer(204);
    },
  },
  'DELETE servicePrincipals/{}': {
    operation: 'application.write',
    owners: ownersOf(findServicePrincipal),
    handler(context) {
      const { id, servicePrincipalType } = findServicePrincipal(context, context.ids[0] ?? '');
      if (servicePrincipalType === 'ManagedIdentity') {
        throw badRequest('A managed identity goes away with its resource, not through Microsoft Graph.');
      }
      removeObject(context.call.world.store, 'servicePrincipals', id);
      return emptyAnswer(204);
    },
  },
};

function create(context: GraphContext): Response {
  const { call, caller, tenantId } = context;
  const { store, random } = call.world;
  const application = backingApplication(context);
  if (application === undefined) {
    const message = `The appId '${appIdOf(context)}' of the service principal does not reference a valid application object.`;
    throw graphRefusal(400, 'NoBackingApplicationObject', message);
  }
  const { clientId, displayName } = application;
  if (store.list('servicePrincipals').some((row) => row.appId === clientId && row.tenantId === tenantId)) {
    const message = `The service principal cannot be created, updated, or restored because the service principal name ${clientId} is already in use.`;
    throw graphRefusal(409, 'Request_MultipleObjectsWithSameKeyValue', message);
  }
  const id = randomGuid(random);
  store.put('servicePrincipals', id, {
    id,
    tenantId,
    appId: clientId,
    displayName,
    servicePrincipalType: 'Application',
    resourceId: null,
    ownerIds: [caller.objectId],
    ...(context.body()['accountEnabled'] === false ? { accountEnabled: false } : {}),
  });
  return answerWith(context, 201, SERVICE_PRINCIPALS, id);
}

/** Whether the application may be used, and by whom; the rest follows from its registration. */
function readChanges(body: GraphBody): Partial<ServicePrincipal> {
  const names = {
    accountEnabled: 'accountEnabled',
    appRoleAssignmentRequired: 'assignmentRequired',
  } as const;
  const given = Object.entries(body).filter(([name]) => !name.startsWith('@odata.'));
  return Object.fromEntries(
    given.map(([name, value]) => {
      if (!Object.hasOwn(names, name) || typeof value !== 'boolean') throw invalidValue(name);
      return [names[name as keyof typeof names], value];
    }),
  );
}

function backingApplication(context: GraphContext): Application | undefined {
  const appId = appIdOf(context);
  return context.call.world.store
    .list('applications')
    .find((row) => row.clientId === appId && row.tenantId === context.tenantId);
}

function appIdOf(context: GraphContext): string {
  const appId = requiredText(context.body(), 'appId', 64).toLowerCase();
  if (isGuid(appId)) return appId;
  throw badRequest("Invalid value specified for property 'appId' of resource 'ServicePrincipal'.");
}
