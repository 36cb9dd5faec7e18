import { azureMlOperations } from '@aml-auth/permissions';

/** What an operation gives away beyond its name: secrets, code that runs, the identity of a machine, access itself. */
export type Gift = (typeof GIFTS)[number];

/** Every {@link Gift}. */
export const GIFTS = ['secrets', 'code', 'identity', 'access'] as const;

/** An operation that gives something away. */
export interface SensitiveOperation {
  readonly name: string;
  readonly isDataAction: boolean;
  readonly gifts: readonly Gift[];
}

const control = (name: string, gift: Gift): SensitiveOperation => {
  return { name, isDataAction: false, gifts: [gift] };
};

/** Of Azure Machine Learning, of what a workspace keeps beside itself, and of access as such. */
export const sensitiveOperations: readonly SensitiveOperation[] = [
  ...azureMlOperations.flatMap(({ name, isSecret, runsCode, handsOverIdentity }) => {
    const gifts: readonly Gift[] = [
      ...(isSecret ? (['secrets'] as const) : []),
      ...(runsCode ? (['code'] as const) : []),
      ...(handsOverIdentity ? (['identity'] as const) : []),
    ];
    return gifts.length === 0 ? [] : [{ name, isDataAction: false, gifts }];
  }),
  control('Microsoft.Storage/storageAccounts/listKeys/action', 'secrets'),
  control('Microsoft.ContainerRegistry/registries/listCredentials/action', 'secrets'),
  { name: 'Microsoft.KeyVault/vaults/secrets/getSecret/action', isDataAction: true, gifts: ['secrets'] },
  control('Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', 'identity'),
  // Whoever may do one of these can give themselves everything else.
  control('Microsoft.Authorization/roleAssignments/write', 'access'),
  control('Microsoft.Authorization/roleDefinitions/write', 'access'),
  control('Microsoft.Authorization/elevateAccess/action', 'access'),
];
