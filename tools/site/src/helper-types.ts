/**
 * Types that exported ones are computed from, by package. Users see the result alone: tables, what computes types
 * from them, and in `@aml-auth/rest` the plain workspace, whose name the class `Workspace` has.
 */
export const HELPER_TYPES: Readonly<Record<string, readonly string[]>> = {
  '@aml-auth/permissions': ['ATTRIBUTE_SOURCES', 'QUANTIFIERS'],
  '@aml-auth/rest': [
    ...['LOCATION_ACTIONS', 'REGISTRY_ACTIONS', 'REGISTRY_TYPES', 'ResourceGroupTypes'],
    ...['SUBSCRIPTION_ACTIONS', 'WORKSPACE_ACTIONS', 'WORKSPACE_TYPES'],
    ...['Text', 'Texts', 'Written', 'ItemOf', 'Workspace'],
  ],
};
