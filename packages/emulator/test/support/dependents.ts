import { demoSeed, type Emulator, type EmulatorSeed, type SeedResource } from '@aml-auth/emulator';

/** What a workspace needs beside it. */
export const dependents: readonly SeedResource[] = [
  { type: 'Microsoft.Storage/storageAccounts', name: 'linkedst' },
  { type: 'Microsoft.KeyVault/vaults', name: 'linkedkv' },
  { type: 'Microsoft.Insights/components', name: 'linkedai' },
];

/** The demo cloud with what new workspaces need in the resource group rg-ml2. */
export const seedWithDependents: EmulatorSeed = {
  ...demoSeed,
  subscriptions: demoSeed.subscriptions!.map((subscription) => ({
    ...subscription,
    resourceGroups: subscription.resourceGroups!.map((group) =>
      group.name === 'rg-ml2' ? { ...group, resources: dependents } : group,
    ),
  })),
};

/** The properties of a new workspace that name its dependents in a resource group of the subscription `dev`. */
export function links(emulator: Emulator, group = 'rg-ml2'): Record<string, string> {
  const scope = `/subscriptions/${emulator.subscription('dev').id}/resourceGroups/${group}/providers`;
  return {
    storageAccount: `${scope}/Microsoft.Storage/storageAccounts/linkedst`,
    keyVault: `${scope}/Microsoft.KeyVault/vaults/linkedkv`,
    applicationInsights: `${scope}/Microsoft.Insights/components/linkedai`,
  };
}
