import { putRegistration, registrationState } from '../../../core/registration-rows.js';
import { jsonAnswer } from '../../../http/answer.js';
import { RESOURCES_VERSIONS } from '../../api-versions.js';
import type { ArmContext, ArmType } from '../../arm-context.js';
import { armRefusal } from '../../arm-refusal.js';
import { listAnswer } from '../../list-answer.js';
import { findNamespace, namespacesOf } from '../../namespaces.js';
import { LOCATIONS } from './locations.js';

/** `/providers`: the resource providers of the cloud. For every caller to read. */
export const providers: ArmType = {
  type: 'Microsoft.Resources/providers',
  apiVersions: RESOURCES_VERSIONS,
  isPublic: () => true,
  list: { rule: 'open', handler: list },
  get: (context) => jsonAnswer(200, present(context, find(context))),
};

/** `/subscriptions/{id}/providers`: the resource providers, and whether the subscription uses them. */
export const subscriptionProviders: ArmType = {
  type: 'Microsoft.Resources/subscriptions/providers',
  apiVersions: RESOURCES_VERSIONS,
  list: { rule: 'enforced', handler: list },
  get: (context) => jsonAnswer(200, present(context, find(context))),
  actions: {
    register: (context) => register(context, true),
    unregister: (context) => register(context, false),
  },
};

function list(context: ArmContext): Response {
  const all = namespacesOf(context.types).map((namespace) => present(context, namespace));
  return listAnswer(context.call, all, '$skipToken', { top: true });
}

function register(context: ArmContext, isRegistered: boolean): Response {
  const { call, path } = context;
  const { clock, operations, store } = call.world;
  const namespace = find(context);
  putRegistration(store, {
    subscriptionId: path.subscriptionId?.toLowerCase() ?? '',
    namespace,
    isRegistered,
    at: clock.now() + operations.durationMs,
  });
  return jsonAnswer(200, present(context, namespace));
}

function find({ path, types }: ArmContext): string {
  const given = path.names[0] ?? '';
  const namespace = findNamespace(types, given);
  if (namespace !== undefined) return namespace;
  const message = `The resource namespace '${given}' is invalid.`;
  throw armRefusal(404, 'InvalidResourceNamespace', message);
}

function present({ call, path, types }: ArmContext, namespace: string): Record<string, unknown> {
  const { store, clock } = call.world;
  const id = path.subscriptionId?.toLowerCase();
  const own = types.filter(({ type }) => type.startsWith(`${namespace}/`));
  return {
    ...(id === undefined ? {} : { id: `/subscriptions/${id}/providers/${namespace}` }),
    namespace,
    ...(id === undefined
      ? {}
      : {
          registrationPolicy: 'RegistrationRequired',
          registrationState: registrationState(store, id, namespace, clock.now()),
        }),
    resourceTypes: own.map(({ type, apiVersions }) => ({
      resourceType: type.slice(namespace.length + 1),
      locations: LOCATIONS.map(({ displayName }) => displayName),
      apiVersions: [...apiVersions.stable].reverse(),
      capabilities: 'None',
    })),
  };
}
