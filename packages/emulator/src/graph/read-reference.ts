import { isGuid } from '@aml-auth/core';

import { principalTypeOf } from '../core/principals.js';
import type { GraphContext } from './graph-context.js';
import { badRequest, objectNotFound } from './graph-refusal.js';
import { requiredText } from './read-graph-body.js';

/**
 * The user, group or service principal that the body `{"@odata.id": "…/directoryObjects/{id}"}`
 * refers to. The host of the reference does not count: clients write that of the public cloud.
 *
 * @throws a refusal: 400 `Request_BadRequest`, 404 `Request_ResourceNotFound`
 */
export function readReference(context: GraphContext): string {
  const url = requiredText(context.body(), '@odata.id', 2048);
  const id = /\/(?:directoryObjects|users|groups|servicePrincipals)\/([^/?#]+)$/i.exec(url)?.[1];
  if (id === undefined || !isGuid(id)) {
    throw badRequest("The value of '@odata.id' is not a reference such as …/directoryObjects/{id}.");
  }
  const { call, tenantId } = context;
  if (principalTypeOf(call.world.store, tenantId, id) === undefined) throw objectNotFound(id);
  return id.toLowerCase();
}
