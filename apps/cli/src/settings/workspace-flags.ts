import { AmlAuthError } from '@aml-auth/core';
import { textFlag } from './text-flag.js';
import type { SignIn } from './sign-in.js';

/** Flags that say where a workspace is. */
export interface WorkspaceFlags {
  readonly subscription?: string | undefined;
  readonly resourceGroup?: string | undefined;
}

/** How {@link WorkspaceFlags} are parsed. */
export const workspaceFlags = {
  subscription: textFlag(
    'Subscription id (default: AZUREML_ARM_SUBSCRIPTION, AZURE_SUBSCRIPTION_ID)',
    'guid',
  ),
  resourceGroup: textFlag('Resource group (default: AZUREML_ARM_RESOURCEGROUP)', 'name'),
} as const;

/** What a command knows of who is signed in and what is set. */
type Known = Pick<SignIn, 'settings' | 'account'>;

/** The subscription of the flag, of the settings, or of the account. */
export function subscriptionOf(flags: WorkspaceFlags, { settings, account }: Known): string | undefined {
  return flags.subscription ?? settings.subscription?.value ?? account?.subscription;
}

/** The resource group of the flag or of the settings. */
export function resourceGroupOf(flags: WorkspaceFlags, { settings }: Known): string | undefined {
  return flags.resourceGroup ?? settings.resourceGroup?.value;
}

/** A workspace by its whole address. */
export interface WorkspaceAddress {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspaceName: string;
}

/**
 * The workspace that is meant.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` naming the part that is not given
 */
export function workspaceOf(flags: WorkspaceFlags, name: string | undefined, known: Known): WorkspaceAddress {
  return {
    subscriptionId: required(subscriptionOf(flags, known), 'subscription', 'Give it with --subscription.'),
    resourceGroup: required(
      resourceGroupOf(flags, known),
      'resource group',
      'Give it with --resource-group.',
    ),
    workspaceName: required(
      name ?? known.settings.workspace?.value,
      'workspace',
      'Give its name, or set it once: aml-auth config set workspace <name>',
    ),
  };
}

/**
 * The value, which the command cannot do without.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function required(value: string | undefined, name: string, howTo: string): string {
  if (value !== undefined && value !== '') return value;
  throw new AmlAuthError({ code: 'AML_CONFIG_INVALID', message: `The ${name} is not given.`, remedy: howTo });
}
