import { randomGuid } from '../../core/random.js';
import { revokeTokens } from '../../core/revocations.js';
import { hashSecret } from '../../core/secret-hash.js';
import type { Tenant, User } from '../../core/directory-rows.js';
import { revokeFamilies } from '../../entra/users/refresh-tokens.js';
import { findUser as findByName } from '../../entra/users/find-user.js';
import { emptyAnswer, jsonAnswer } from '../../http/answer.js';
import type { World } from '../../http/call.js';
import { USERS } from '../directory-objects.js';
import { findUser } from '../find-row.js';
import type { GraphContext, GraphEndpoint, GraphRoutes } from '../graph-context.js';
import { badRequest, objectNotFound } from '../graph-refusal.js';
import { meId } from '../me-id.js';
import { removeObject } from '../remove-object.js';
import { answerWith, readRoutes } from './read-routes.js';
import { readUser, type UserChanges } from './read-user.js';

const userOf = (context: GraphContext): User => findUser(context, context.ids[0] ?? '');

/** `/users` and `/me`. */
export const userRoutes: GraphRoutes = {
  ...readRoutes(USERS, 'user.read', findUser),
  'POST users': { operation: 'user.create', handler: create },
  'PATCH users/{}': { operation: 'user.write', handler: change },
  'DELETE users/{}': {
    operation: 'user.write',
    handler(context) {
      const { id } = userOf(context);
      const { world } = context.call;
      endAccess(world, id);
      removeObject(world.store, 'users', id);
      return emptyAnswer(204);
    },
  },
  'POST users/{}/revokeSignInSessions': revocation('user.write', (context) => userOf(context).id),
  'POST me/revokeSignInSessions': revocation('me.read', meId),
  'GET me': {
    operation: 'me.read',
    handler: (context) => answerWith(context, 200, USERS, meId(context)),
  },
};

function create(context: GraphContext): Response {
  const { call, tenantId } = context;
  const { store, random, clock } = call.world;
  const changes = readUser(context.body(), tenantOf(context), undefined);
  const { displayName = '', userPrincipalName = '' } = changes.row;
  checkFree(context, userPrincipalName, undefined);
  const id = randomGuid(random);
  store.put('users', id, {
    id,
    tenantId,
    mfa: 'none',
    passwordHash: null,
    createdAt: clock.now(),
    ...changes.row,
    displayName,
    userPrincipalName,
    ...passwordOf(id, changes),
  });
  return answerWith(context, 201, USERS, id);
}

function change(context: GraphContext): Response {
  const before = userOf(context);
  const { world } = context.call;
  const changes = readUser(context.body(), tenantOf(context), before);
  checkFree(context, changes.row.userPrincipalName, before.id);
  world.store.put('users', before.id, { ...before, ...changes.row, ...passwordOf(before.id, changes) });
  if (changes.password !== undefined) world.store.remove('signInFailures', before.id);
  // A new password and a disabled account end what the user has (critical events of Continuous Access Evaluation).
  if (changes.password !== undefined || changes.row.accountEnabled === false) endAccess(world, before.id);
  return emptyAnswer(204);
}

function passwordOf(id: string, { password }: UserChanges): Partial<User> {
  if (password === undefined) return {};
  return { passwordHash: hashSecret(id, password.text), mustChangePassword: password.mustChange };
}

function checkFree(
  { call, tenantId }: GraphContext,
  name: string | undefined,
  own: string | undefined,
): void {
  const other = name === undefined ? undefined : findByName(call.world.store, tenantId, name);
  if (other === undefined || other.id === own) return;
  throw badRequest('Another object with the same value for property userPrincipalName already exists.');
}

function tenantOf({ call, tenantId }: GraphContext): Tenant {
  const tenant = call.world.store.get('tenants', tenantId);
  if (tenant === undefined) throw objectNotFound(tenantId);
  return tenant;
}

/** Ends the refresh tokens, the sessions and, for clients that hear of it, the access tokens of a user. */
function endAccess(world: World, id: string): void {
  revokeFamilies(world, id);
  revokeTokens(world.store, id, world.clock.now());
}

function revocation(
  operation: GraphEndpoint['operation'],
  idOf: (context: GraphContext) => string,
): GraphEndpoint {
  return {
    operation,
    handler(context) {
      endAccess(context.call.world, idOf(context));
      return jsonAnswer(200, { '@odata.context': `${context.base}/$metadata#Edm.Boolean`, value: true });
    },
  };
}
