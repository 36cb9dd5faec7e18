import type { ArmType } from './arm-context.js';

/** The namespace of a resource type, such as `Microsoft.Compute`. */
export function namespaceOf(type: string): string {
  return type.split('/')[0] ?? '';
}

/** The namespaces of the types, in Azure's spelling. */
export function namespacesOf(types: readonly ArmType[]): readonly string[] {
  return [...new Set(types.map(({ type }) => namespaceOf(type)))].sort();
}

/** A namespace in Azure's spelling; undefined where the emulator does not have it. */
export function findNamespace(types: readonly ArmType[], given: string): string | undefined {
  return namespacesOf(types).find((namespace) => namespace.toLowerCase() === given.toLowerCase());
}
