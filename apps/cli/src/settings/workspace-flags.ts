import { AmlAuthError } from '@aml-auth/core';
import type { CliProcess } from '../context.js';

/** Flags that say where a workspace is. */
export interface WorkspaceFlags {
  readonly subscription?: string | undefined;
  readonly resourceGroup?: string | undefined;
}

const text = (value: string): string => value;

/** How {@link WorkspaceFlags} are parsed. */
export const workspaceFlags = {
  subscription: {
    kind: 'parsed',
    parse: text,
    optional: true,
    brief: 'Subscription id (default: AZUREML_ARM_SUBSCRIPTION, AZURE_SUBSCRIPTION_ID)',
    placeholder: 'guid',
  },
  resourceGroup: {
    kind: 'parsed',
    parse: text,
    optional: true,
    brief: 'Resource group (default: AZUREML_ARM_RESOURCEGROUP)',
    placeholder: 'name',
  },
} as const;

/** The subscription of the flag, or of the environment as Azure ML jobs and Azure tools set it. */
export function subscriptionOf(flags: WorkspaceFlags, env: CliProcess['env']): string | undefined {
  return firstOf(flags.subscription, env['AZUREML_ARM_SUBSCRIPTION'], env['AZURE_SUBSCRIPTION_ID']);
}

/** The resource group of the flag, or of the environment as Azure ML jobs set it. */
export function resourceGroupOf(flags: WorkspaceFlags, env: CliProcess['env']): string | undefined {
  return firstOf(flags.resourceGroup, env['AZUREML_ARM_RESOURCEGROUP']);
}

/** The first value that is there; an empty variable is how shells and CI systems unset one. */
function firstOf(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value !== '');
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
