import type { ProviderOperation } from './provider-operations-of.js';

/** Operations as `providerOperations` has them: those of each resource type apart, where it is asked for. */
export function presentProvider(
  namespace: string,
  operations: readonly ProviderOperation[],
  isExpanded: boolean,
): Record<string, unknown> {
  const of = (resourceType: string): readonly unknown[] =>
    operations.filter((operation) => operation.resourceType === resourceType).map(present);
  const resourceTypes = [...new Set(operations.map(({ resourceType }) => resourceType))].filter(Boolean);
  return {
    id: `/providers/Microsoft.Authorization/providerOperations/${namespace}`,
    name: namespace,
    type: 'Microsoft.Authorization/providerOperations',
    displayName: namespace,
    operations: of(''),
    ...(isExpanded
      ? { resourceTypes: resourceTypes.map((name) => ({ name, displayName: name, operations: of(name) })) }
      : {}),
  };
}

/** An operation as `/providers/{namespace}/operations` has it. */
export function presentOperation(namespace: string, operation: ProviderOperation): Record<string, unknown> {
  return {
    name: operation.name,
    isDataAction: false,
    display: {
      provider: namespace,
      resource: operation.resourceType === '' ? namespace : operation.resourceType,
      operation: operation.verb,
      description: describe(operation),
    },
    origin: 'user,system',
  };
}

function present(operation: ProviderOperation): Record<string, unknown> {
  return {
    name: operation.name,
    displayName: describe(operation),
    description: describe(operation),
    origin: 'user,system',
    isDataAction: false,
    properties: null,
  };
}

function describe({ resourceType, verb }: ProviderOperation): string {
  const text = resourceType === '' ? verb : `${verb} ${resourceType}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
