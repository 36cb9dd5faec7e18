import { isGuid } from '@aml-auth/core';

import { MACHINE_LEARNING, resourceGroupId } from '../core/arm-ids.js';
import { managementGroupName } from '../core/management-groups.js';
import { randomGuid } from '../core/random.js';
import type { Subscription } from '../core/resource-rows.js';
import type { Caller } from '../entra/verify-bearer.js';
import { Refusal } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { accessOf } from './access.js';
import { inCircumstances } from './in-circumstances.js';
import { checkApiVersion, requireApiVersion } from './api-versions.js';
import type { ArmContext } from './arm-context.js';
import { parseArmPath, type ArmPath } from './parse-arm-path.js';
import { armRefusal } from './arm-refusal.js';
import { ARM_TYPES } from './arm-types.js';
import { authenticate } from './authenticate.js';
import { authorize } from './authorize.js';
import { checkRegistration } from './check-registration.js';
import { demandStepUp } from './demand-step-up.js';
import { findTarget, findType, handlerOf, unknownType } from './find-target.js';
import { findManagementGroup } from './providers/find-management-group.js';
import { readJsonObject } from './read-json-object.js';
import { resourceGroupNotFound } from './resource-group-not-found.js';
import { countRequest } from './throttling/count-request.js';
import { resourceNotFound } from './resource-not-found.js';

/** Azure Resource Manager. The steps stand in the order in which the real service takes them. */
export async function armService(call: Call): Promise<Response> {
  const found = new Map<string, string>();
  const answer = await respond(call, found).catch((error: unknown) => {
    if (error instanceof Refusal) return error.answer(call);
    throw error;
  });
  const response = call.method === 'HEAD' ? withoutBody(answer) : answer;
  for (const [name, value] of correlationHeaders(call)) response.headers.set(name, value);
  for (const [name, value] of found) {
    // A refusal after the first decision brings its own.
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}

/** HEAD says whether a resource is there, by 204, and not what it is. */
function withoutBody({ ok, status, headers }: Response): Response {
  const kept = new Headers(headers);
  kept.delete('content-type');
  return new Response(null, { status: ok ? 204 : status, headers: kept });
}

/** @param found - gets the headers of whatever the answer will be */
async function respond(call: Call, found: Map<string, string>): Promise<Response> {
  const path = parseArmPath(call.segments);
  const subscription = findSubscription(call, path);
  const caller = await authenticate(call, subscription?.tenantId ?? 'common');
  checkTenant(call, caller, subscription);
  checkExistence(call, path, subscription);
  for (const [name, value] of Object.entries(countRequest(call, caller, subscription?.id))) {
    found.set(name, value);
  }
  const version = requireApiVersion(call);
  const target = findTarget(ARM_TYPES, call.method, call.segments, path);
  const { type } = target;
  const context = contextOf(call, target.path, caller);
  found.set('x-emu-decision', authorize(context, type));
  demandStepUp(context, type);
  if (type === undefined) throw unknownType(path);
  checkApiVersion(version, type.type, type.apiVersions);
  checkRegistration(call, subscription?.id, type.type);
  checkExtended(call, path);
  checkManagementGroup(context);
  const { action } = target;
  if (action !== undefined) return action.handler({ ...context, path: action.path });
  return handlerOf(type, context)(context);
}

function findSubscription(call: Call, path: ArmPath): Subscription | undefined {
  const id = path.subscriptionId;
  return id === undefined ? undefined : call.world.store.get('subscriptions', id);
}

function checkTenant(call: Call, caller: Caller, subscription: Subscription | undefined): void {
  if (subscription === undefined || subscription.tenantId === caller.tenantId) return;
  const authority = `${call.faces.login}/${subscription.tenantId}`;
  const message = `The access token is from the wrong issuer '${caller.issuer}'. It must match the tenant 'https://sts.windows.net/${subscription.tenantId}/' associated with this subscription. Please use the authority (URL) '${authority}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.`;
  throw armRefusal(401, 'InvalidAuthenticationTokenTenant', message, {
    'www-authenticate': `Bearer authorization_uri="${authority}", error="invalid_token", error_description="The access token is from the wrong issuer."`,
  });
}

function checkExistence(call: Call, path: ArmPath, subscription: Subscription | undefined): void {
  if (path.subscriptionId === undefined) return;
  if (!isGuid(path.subscriptionId)) {
    const message = `The provided subscription identifier '${path.subscriptionId}' is malformed or invalid.`;
    throw armRefusal(400, 'InvalidSubscriptionId', message);
  }
  if (subscription === undefined) {
    const message = `The subscription '${path.subscriptionId}' could not be found.`;
    throw armRefusal(404, 'SubscriptionNotFound', message);
  }
  const { resourceGroup } = path;
  const isGroupItself = path.type === 'Microsoft.Resources/subscriptions/resourceGroups';
  if (resourceGroup === undefined || isGroupItself) return;
  if (call.world.store.get('resourceGroups', resourceGroupId(subscription.id, resourceGroup)) === undefined) {
    throw resourceGroupNotFound(resourceGroup);
  }
}

/** What lies in a workspace, or extends one, needs the workspace. Resources of other providers are taken on trust. */
function checkExtended(call: Call, { id, names, scope, resourceGroup }: ArmPath): void {
  // A list of children has the workspace as its scope, a child has it in front of its own name.
  const place = names.length > 1 ? id : scope;
  const [workspace, name] =
    /^.*\/providers\/Microsoft\.MachineLearningServices\/workspaces\/([^/]+)/i.exec(place) ?? [];
  if (workspace === undefined || call.world.store.get('workspaces', workspace) !== undefined) return;
  throw resourceNotFound(`${MACHINE_LEARNING}/workspaces/${name ?? ''}`, resourceGroup ?? '');
}

/** What lies at a management group needs it. */
function checkManagementGroup(context: ArmContext): void {
  const [id = ''] =
    /^\/providers\/Microsoft\.Management\/managementGroups\/[^/]+/i.exec(context.path.scope) ?? [];
  const name = managementGroupName(id);
  if (name !== undefined) findManagementGroup(context, name);
}

function contextOf(call: Call, path: ArmPath, caller: Caller): ArmContext {
  const access = inCircumstances(accessOf(call.world.store, caller.tenantId), call);
  const context: ArmContext = {
    call,
    path,
    caller,
    tenantId: caller.tenantId,
    access,
    types: ARM_TYPES,
    may: (action, scope) => access.decide(caller.objectId, action, scope).verdict === 'allowed',
    read: (id) => readResource(context, id),
    body: () => readJsonObject(call.body),
  };
  return context;
}

function readResource(context: ArmContext, id: string): Response | Promise<Response> {
  const path = parseArmPath(id.split('/').filter(Boolean));
  const type = findType(ARM_TYPES, path.type);
  if (type?.get === undefined) throw unknownType(path);
  return type.get({
    ...context,
    call: { ...context.call, method: 'GET' },
    path: { ...path, type: type.type },
  });
}

/** Where and when a request came in, as Azure writes it. */
function routingId({ world, requestId }: Call): string {
  const at = new Date(world.clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `WESTEUROPE:${at}:${requestId}`;
}

function correlationHeaders(call: Call): readonly (readonly [string, string])[] {
  const echo = (name: string): string | undefined => {
    const value = call.headers.get(name);
    return value !== null && isGuid(value) ? value : undefined;
  };
  const clientRequestId = echo('x-ms-client-request-id');
  const wanted = call.headers.get('x-ms-return-client-request-id')?.toLowerCase() === 'true';
  return [
    ['cache-control', 'no-cache'],
    ['pragma', 'no-cache'],
    ['expires', '-1'],
    ['strict-transport-security', 'max-age=31536000; includeSubDomains'],
    ['x-content-type-options', 'nosniff'],
    ['x-ms-routing-request-id', routingId(call)],
    ['x-ms-request-id', call.requestId],
    ['x-ms-correlation-request-id', echo('x-ms-correlation-request-id') ?? randomGuid(call.world.random)],
    ...(clientRequestId !== undefined && wanted
      ? [['x-ms-client-request-id', clientRequestId] as const]
      : []),
  ];
}
