import type { GenericResource } from '../../../core/generic-rows.js';
import { idFor } from '../../../core/ids.js';
import type { Store } from '../../../core/store.js';
import { MACHINE_LEARNING_VERSIONS } from '../../api-versions.js';
import { provisioningState } from '../../operations/operation-state.js';
import {
  CONTAINER_REGISTRY_VERSIONS,
  INSIGHTS_VERSIONS,
  KEY_VAULT_VERSIONS,
  OPERATIONAL_INSIGHTS_VERSIONS,
  STORAGE_VERSIONS,
} from './dependent-versions.js';
import type { GenericDescription } from './generic-description.js';

const storageAccounts: GenericDescription = {
  type: 'Microsoft.Storage/storageAccounts',
  apiVersions: STORAGE_VERSIONS,
  isName: (name) => /^[a-z\d]{3,24}$/.test(name),
  badName: (name) => [
    'AccountNameInvalid',
    `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
  ],
  creation: { kind: 'storageOperations', style: 'location', runningState: 'Creating' },
  kind: 'StorageV2',
  sku: { name: 'Standard_LRS', tier: 'Standard' },
  serviceProperties: (row) => ({
    creationTime: new Date(row.createdAt).toISOString(),
    primaryLocation: row.location,
    statusOfPrimary: 'available',
    primaryEndpoints: Object.fromEntries(
      ['blob', 'dfs', 'file', 'queue', 'table'].map((part) => [
        part,
        `https://${row.name}.${part}.core.windows.net/`,
      ]),
    ),
  }),
};

const vaults: GenericDescription = {
  type: 'Microsoft.KeyVault/vaults',
  apiVersions: KEY_VAULT_VERSIONS,
  isName: (name) => /^[a-z](?:-?[a-z\d]){2,23}$/i.test(name) && name.length <= 24,
  badName: (name) => [
    'VaultNameNotValid',
    `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.`,
  ],
  creation: { kind: 'vaultOperations', style: 'body', runningState: 'RegisteringDns' },
  kind: null,
  sku: null,
  serviceProperties: (row, tenantId) => ({
    sku: { family: 'A', name: 'standard' },
    accessPolicies: [],
    enableSoftDelete: true,
    ...row.properties,
    tenantId,
    vaultUri: `https://${row.name.toLowerCase()}.vault.azure.net/`,
  }),
};

const components: GenericDescription = {
  type: 'Microsoft.Insights/components',
  apiVersions: INSIGHTS_VERSIONS,
  isName: (name) => /^[\w.()-]{1,260}$/.test(name) && !name.endsWith('.'),
  badName: (name) => ['InvalidResourceName', `The component name '${name}' is not valid.`],
  creation: undefined,
  kind: 'web',
  sku: null,
  serviceProperties: (row, tenantId) => ({
    Application_Type: 'web',
    ...row.properties,
    ApplicationId: row.name,
    AppId: idFor('application-insights', row.id),
    CreationDate: new Date(row.createdAt).toISOString(),
    TenantId: tenantId,
  }),
};

const logAnalyticsWorkspaces: GenericDescription = {
  type: 'Microsoft.OperationalInsights/workspaces',
  apiVersions: OPERATIONAL_INSIGHTS_VERSIONS,
  isName: (name) => /^[a-z\d](?:[a-z\d-]{2,61}[a-z\d])$/i.test(name),
  badName: (name) => [
    'InvalidParameter',
    `The workspace name '${name}' is not valid: 4 to 63 letters, digits and '-', no '-' first or last.`,
  ],
  creation: undefined,
  kind: null,
  sku: null,
  serviceProperties: (row) => ({
    sku: { name: 'PerGB2018' },
    retentionInDays: 30,
    ...row.properties,
    customerId: idFor('log-analytics', row.id),
    createdDate: new Date(row.createdAt).toISOString(),
  }),
};

const registries: GenericDescription = {
  type: 'Microsoft.ContainerRegistry/registries',
  apiVersions: CONTAINER_REGISTRY_VERSIONS,
  isName: (name) => /^[a-z\d]{5,50}$/i.test(name),
  badName: (name) => [
    'InvalidResourceName',
    `The registry name '${name}' is invalid. Registry names may contain alpha numeric characters only and must be between 5 and 50 characters.`,
  ],
  creation: { kind: 'registryOperations', style: 'async', runningState: 'Creating' },
  kind: null,
  sku: { name: 'Basic', tier: 'Basic' },
  serviceProperties: (row) => ({
    adminUserEnabled: false,
    ...row.properties,
    creationDate: new Date(row.createdAt).toISOString(),
    loginServer: `${row.name.toLowerCase()}.azurecr.io`,
  }),
};

const machineLearningRegistries: GenericDescription = {
  type: 'Microsoft.MachineLearningServices/registries',
  apiVersions: MACHINE_LEARNING_VERSIONS,
  isName: (name) => /^[a-z\d][\w-]{2,32}$/i.test(name),
  badName: (name) => ['ValidationError', `Registry name '${name}' is not valid.`],
  creation: { kind: 'mfeOperationsStatus', style: 'async', runningState: 'Creating' },
  kind: null,
  sku: null,
  serviceProperties: (row) => ({
    publicNetworkAccess: 'Enabled',
    regionDetails: [{ location: row.location }],
    ...row.properties,
    discoveryUrl: `https://${row.location}.api.azureml.ms/registrymanagement/v1.0/registries/${row.name}/discovery`,
    mlFlowRegistryUri: `azureml://${row.location}.api.azureml.ms/mlflow/v1.0${row.id}`,
  }),
};

/** What an Azure Machine Learning workspace needs beside it, and registries that it shares assets with others in. */
export const DEPENDENTS: readonly GenericDescription[] = [
  storageAccounts,
  vaults,
  components,
  logAnalyticsWorkspaces,
  registries,
  machineLearningRegistries,
];

/** The description of a generic type, in any case. */
export function describeGeneric(type: string): GenericDescription | undefined {
  return DEPENDENTS.find((description) => description.type.toLowerCase() === type.toLowerCase());
}

/** A generic resource as its service shows it. */
export function presentGeneric(
  row: GenericResource,
  tenantId: string,
  store: Store,
): Record<string, unknown> {
  const description = describeGeneric(row.type);
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    location: row.location,
    tags: row.tags,
    ...(row.kind === null ? {} : { kind: row.kind }),
    ...(row.sku === null ? {} : { sku: row.sku }),
    properties: {
      ...row.properties,
      ...description?.serviceProperties(row, tenantId),
      provisioningState: provisioningState(store, row.id),
    },
  };
}
