import { isGuid } from '@aml-auth/core';

import { randomGuid } from '../../core/random.js';
import type { AppRoleAssignment, ServicePrincipal } from '../../core/directory-rows.js';
import { principalTypeOf } from '../../core/principals.js';
import { emptyAnswer } from '../../http/answer.js';
import { findObject } from '../directory-objects.js';
import { findServicePrincipal } from '../find-row.js';
import { entityAnswer, listAnswer } from '../graph-answer.js';
import type { GraphContext, GraphEndpoint, GraphRoutes } from '../graph-context.js';
import { badRequest, objectNotFound } from '../graph-refusal.js';
import { ownersOf } from '../owners-of.js';
import { invalidValue, requiredText, type GraphBody } from '../read-graph-body.js';

const PATH = 'servicePrincipals/{}/appRoleAssignedTo';

const resourceOf = (context: GraphContext): ServicePrincipal =>
  findServicePrincipal(context, context.ids[0] ?? '');

/** What changes assignments, for the owners of the application too. */
const WRITE: Pick<GraphEndpoint, 'operation' | 'owners'> = {
  operation: 'appRoleAssignment.write',
  owners: ownersOf(findServicePrincipal),
};

/** Which users and groups are assigned to an application. They count at once for signing in to it. */
export const appRoleAssignmentRoutes: GraphRoutes = {
  [`GET ${PATH}`]: {
    operation: 'application.read',
    handler(context) {
      const row = resourceOf(context);
      const shown = (row.appRoleAssignments ?? []).map((entry) => present(context, row, entry));
      return listAnswer(context, 'appRoleAssignments', shown);
    },
  },
  [`POST ${PATH}`]: { ...WRITE, handler: create },
  [`DELETE ${PATH}/{}`]: {
    ...WRITE,
    handler(context) {
      const row = resourceOf(context);
      const id = context.ids[1] ?? '';
      const kept = (row.appRoleAssignments ?? []).filter((entry) => entry.id !== id.toLowerCase());
      if (kept.length === (row.appRoleAssignments ?? []).length) throw objectNotFound(id);
      put(context, row, kept);
      return emptyAnswer(204);
    },
  },
};

function create(context: GraphContext): Response {
  const row = resourceOf(context);
  const { world } = context.call;
  const body = context.body();
  const principalId = guidOf(body, 'principalId');
  const appRoleId = guidOf(body, 'appRoleId');
  if (guidOf(body, 'resourceId') !== row.id) throw invalidValue('resourceId');
  const type = principalTypeOf(world.store, context.tenantId, principalId);
  if (type === undefined) throw objectNotFound(principalId);
  if (type === 'ServicePrincipal') {
    throw badRequest('The emulator assigns users and groups to applications, not applications.');
  }
  const before = row.appRoleAssignments ?? [];
  if (before.some((entry) => entry.principalId === principalId && entry.appRoleId === appRoleId)) {
    throw badRequest('Permission being assigned already exists on the object.');
  }
  const entry = { id: randomGuid(world.random), principalId, appRoleId, createdAt: world.clock.now() };
  put(context, row, [...before, entry]);
  return entityAnswer(context, 201, 'appRoleAssignments', present(context, row, entry));
}

function put({ call }: GraphContext, row: ServicePrincipal, entries: readonly AppRoleAssignment[]): void {
  call.world.store.put('servicePrincipals', row.id, { ...row, appRoleAssignments: entries });
}

function guidOf(body: GraphBody, name: string): string {
  const text = requiredText(body, name, 64).toLowerCase();
  if (!isGuid(text)) throw invalidValue(name);
  return text;
}

function present(
  { call, tenantId }: GraphContext,
  resource: ServicePrincipal,
  { id, principalId, appRoleId, createdAt }: AppRoleAssignment,
): Record<string, unknown> {
  const principal = findObject(call.world.store, tenantId, principalId);
  return {
    id,
    deletedDateTime: null,
    appRoleId,
    createdDateTime: new Date(createdAt).toISOString(),
    principalDisplayName: principal?.['displayName'] ?? null,
    principalId,
    principalType: principal?.['@odata.type'] === '#microsoft.graph.group' ? 'Group' : 'User',
    resourceDisplayName: resource.displayName,
    resourceId: resource.id,
  };
}
