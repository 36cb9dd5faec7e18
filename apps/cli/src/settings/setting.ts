import { AmlAuthError, isGuid, parseTenantId } from '@aml-auth/core';
import { LOCALES } from '../messages/messages.js';

/** What can be set once instead of with every command. */
export type SettingName = (typeof SETTING_NAMES)[number];

/** Every {@link SettingName}. */
export const SETTING_NAMES = [
  'account',
  'tenant',
  'subscription',
  'resourceGroup',
  'workspace',
  'cloud',
  'lang',
] as const;

/** Where a value comes from, the strongest first. Flags are stronger than all. */
export type Origin = 'environment' | 'project' | 'user';

/**
 * What a file of a project may name: ids and names. A project that was cloned from somewhere must not choose the hosts
 * that tokens go to.
 */
export const PROJECT_SETTINGS: ReadonlySet<SettingName> = new Set([
  'account',
  'tenant',
  'subscription',
  'resourceGroup',
  'workspace',
]);

/** The variables that have a setting, in the order in which they count. */
export const SETTING_VARIABLES: Readonly<Record<SettingName, readonly string[]>> = {
  account: ['AML_AUTH_ACCOUNT'],
  tenant: ['AZURE_TENANT_ID'],
  subscription: ['AZUREML_ARM_SUBSCRIPTION', 'AZURE_SUBSCRIPTION_ID'],
  resourceGroup: ['AZUREML_ARM_RESOURCEGROUP'],
  workspace: ['AZUREML_ARM_WORKSPACE_NAME'],
  cloud: ['ARM_CLOUD_METADATA_URL', 'AZUREML_CURRENT_CLOUD', 'AZURE_AUTHORITY_HOST'],
  lang: ['AML_AUTH_LANG'],
};

const NAME = /^[^\p{C}/\\?#]{1,260}$/u;

/**
 * The value, checked as far as that needs no network.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseSetting(name: SettingName, value: unknown): string {
  if (typeof value === 'string' && value !== '') {
    if (name === 'tenant') return parseTenantId(value);
    if (name === 'subscription' && isGuid(value)) return value.toLowerCase();
    if (name === 'lang' && LOCALES.some((locale) => locale === value)) return value;
    if (name === 'cloud' && /^(?:[A-Za-z]{1,64}|https:\/\/[^\s\p{C}]{1,2048})$/u.test(value)) return value;
    if ((name === 'account' || name === 'resourceGroup' || name === 'workspace') && NAME.test(value))
      return value;
  }
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${JSON.stringify(value)} is no value for the setting ${name}.`,
    remedy: REMEDIES[name],
  });
}

const REMEDIES: Readonly<Record<SettingName, string>> = {
  account: 'Give the name of an account of "aml-auth account list".',
  tenant: 'Give a tenant id or a domain name.',
  subscription: 'Give the id of a subscription; "aml-auth subscription list" shows those that you may see.',
  resourceGroup: 'Give the name of a resource group.',
  workspace: 'Give the name of a workspace.',
  cloud: 'Give AzureCloud, AzureChinaCloud, AzureUSGovernment, or the https URL of a metadata document.',
  lang: `Give ${LOCALES.join(' or ')}.`,
};
