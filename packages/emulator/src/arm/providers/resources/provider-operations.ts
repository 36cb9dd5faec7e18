import { jsonAnswer } from '../../../http/answer.js';
import { queryValue } from '../../../http/call.js';
import { AUTHORIZATION_VERSIONS, type ApiVersions } from '../../api-versions.js';
import type { ArmContext, ArmType } from '../../arm-context.js';
import { armRefusal } from '../../arm-refusal.js';
import { listAnswer } from '../../list-answer.js';
import { findNamespace, namespaceOf, namespacesOf } from '../../namespaces.js';
import { presentOperation, presentProvider } from '../../provider-operations/present-operations.js';
import { providerOperationsOf } from '../../provider-operations/provider-operations-of.js';

/** `/providers/Microsoft.Authorization/providerOperations`: what roles can allow. For every caller to read. */
export const providerOperations: ArmType = {
  type: 'Microsoft.Authorization/providerOperations',
  apiVersions: AUTHORIZATION_VERSIONS,
  isPublic: () => true,
  list: {
    rule: 'open',
    handler: (context) =>
      listAnswer(
        context.call,
        namespacesOf(context.types).map((namespace) => present(context, namespace)),
        '$skipToken',
      ),
  },
  get(context) {
    const given = context.path.names[0] ?? '';
    const namespace = findNamespace(context.types, given);
    if (namespace !== undefined) return jsonAnswer(200, present(context, namespace));
    throw armRefusal(404, 'ProviderNotFound', `Provider with name '${given}' could not be found.`);
  },
};

function present({ call, types }: ArmContext, namespace: string): Record<string, unknown> {
  const isExpanded = queryValue(call, '$expand')?.toLowerCase() === 'resourcetypes';
  return presentProvider(namespace, providerOperationsOf(namespace, types), isExpanded);
}

/** `/providers/{namespace}/operations` of each namespace that the types have. For every caller to read. */
export function operationLists(types: readonly ArmType[]): readonly ArmType[] {
  return namespacesOf(types).map((namespace) => ({
    type: `${namespace}/operations`,
    apiVersions: versionsOf(types, namespace),
    list: {
      rule: 'open',
      handler: ({ call, types: all }) =>
        listAnswer(
          call,
          providerOperationsOf(namespace, all).map((operation) => presentOperation(namespace, operation)),
          '$skipToken',
        ),
    },
  }));
}

function versionsOf(types: readonly ArmType[], namespace: string): ApiVersions {
  const own = types.find(({ type }) => namespaceOf(type) === namespace);
  return own?.apiVersions ?? AUTHORIZATION_VERSIONS;
}
