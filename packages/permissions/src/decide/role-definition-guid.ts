/**
 * The GUID of a role definition in lower case, from the GUID alone or from a resource id that ends
 * in it. The same role appears with and without a subscription in front; only the GUID compares.
 */
export function roleDefinitionGuid(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).toLowerCase();
}
