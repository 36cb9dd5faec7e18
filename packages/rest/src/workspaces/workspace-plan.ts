import { AmlAuthError } from '@aml-auth/core';
import { parseWorkspaceRef, workspaceIdOf, type WorkspaceRef } from '../resource-names.js';
import type { CreateWorkspaceOptions } from './create-workspace-options.js';
import { dependentNames } from './dependent-names.js';

/** A resource that is made where it is missing. */
export interface PlannedResource {
  /** In words, for progress and errors: `storage account stml0123`. */
  readonly what: string;
  /** The ARM id. */
  readonly id: string;
  readonly apiVersion: string;
  readonly body: unknown;
}

/** What is made beside a workspace, and what it is to be. */
export interface WorkspacePlan {
  /** Undefined where it must be there. */
  readonly resourceGroup: PlannedResource | undefined;
  /** Each list in its order, the lists beside each other. */
  readonly dependents: readonly (readonly PlannedResource[])[];
  readonly workspace: PlannedResource;
}

/** What a plan needs beside the options. */
export interface PlanFacts {
  /** Of the subscription: a key vault names it. */
  readonly tenantId: string;
  /** Of the id of the workspace in lower case: 10 or more hexadecimal digits. */
  readonly digest: string;
  /** For the workspace. */
  readonly apiVersion: string;
}

const VERSIONS = {
  resourceGroup: '2022-09-01',
  storageAccount: '2023-05-01',
  keyVault: '2023-07-01',
  logs: '2023-09-01',
  applicationInsights: '2020-02-02',
};

/** The types of what a caller may give by its id. */
const GIVEN_TYPES = {
  storageAccount: 'Microsoft.Storage/storageAccounts',
  keyVault: 'Microsoft.KeyVault/vaults',
  applicationInsights: 'Microsoft.Insights/components',
  containerRegistry: 'Microsoft.ContainerRegistry/registries',
} as const;

type GivenName = keyof typeof GIVEN_TYPES;

/**
 * What it takes to make a workspace.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad names, a missing location, and ids of another type of resource
 */
export function workspacePlan(options: CreateWorkspaceOptions, facts: PlanFacts): WorkspacePlan {
  const ref = parseWorkspaceRef(options);
  if (typeof options.location !== 'string' || options.location === '') {
    throw invalid('location', 'is missing', 'Give a region such as westeurope.');
  }
  for (const name of Object.keys(GIVEN_TYPES) as GivenName[]) checkGiven(name, options[name]);
  const made = madeResources(ref, options, facts);
  const wanted = (['storageAccount', 'keyVault', 'applicationInsights'] as const).filter(
    (name) => options[name] === undefined,
  );
  const idOf = (name: 'storageAccount' | 'keyVault' | 'applicationInsights'): string =>
    options[name] ?? made[name].at(-1)?.id ?? '';
  const { location, tags = {}, identity = { type: 'SystemAssigned' } } = options;
  return {
    resourceGroup:
      options.createResourceGroup === true
        ? {
            what: `resource group ${ref.resourceGroup}`,
            id: groupId(ref),
            apiVersion: VERSIONS.resourceGroup,
            body: { location, tags },
          }
        : undefined,
    dependents: wanted.map((name) => made[name]),
    workspace: {
      what: `workspace ${ref.workspaceName}`,
      id: workspaceIdOf(ref),
      apiVersion: facts.apiVersion,
      body: {
        location,
        tags,
        identity,
        properties: {
          ...options.properties,
          friendlyName: options.friendlyName ?? ref.workspaceName,
          ...(options.description === undefined ? {} : { description: options.description }),
          storageAccount: idOf('storageAccount'),
          keyVault: idOf('keyVault'),
          applicationInsights: idOf('applicationInsights'),
          ...(options.containerRegistry === undefined
            ? {}
            : { containerRegistry: options.containerRegistry }),
        },
      },
    },
  };
}

type Made = Readonly<
  Record<'storageAccount' | 'keyVault' | 'applicationInsights', readonly PlannedResource[]>
>;

/** With the settings that azure-ai-ml gives them: no public blobs, TLS 1.2, a vault that goes by Azure RBAC. */
function madeResources(ref: WorkspaceRef, options: CreateWorkspaceOptions, facts: PlanFacts): Made {
  const names = dependentNames(ref.workspaceName, facts.digest);
  const providers = `${groupId(ref)}/providers`;
  const { location, tags = {} } = options;
  const logs: PlannedResource = {
    what: `Log Analytics workspace ${names.logs}`,
    id: `${providers}/Microsoft.OperationalInsights/workspaces/${names.logs}`,
    apiVersion: VERSIONS.logs,
    body: { location, tags, properties: { sku: { name: 'PerGB2018' } } },
  };
  return {
    storageAccount: [
      {
        what: `storage account ${names.storageAccount}`,
        id: `${providers}/${GIVEN_TYPES.storageAccount}/${names.storageAccount}`,
        apiVersion: VERSIONS.storageAccount,
        body: {
          location,
          tags,
          kind: 'StorageV2',
          sku: { name: 'Standard_LRS' },
          properties: {
            supportsHttpsTrafficOnly: true,
            allowBlobPublicAccess: false,
            minimumTlsVersion: 'TLS1_2',
          },
        },
      },
    ],
    keyVault: [
      {
        what: `key vault ${names.keyVault}`,
        id: `${providers}/${GIVEN_TYPES.keyVault}/${names.keyVault}`,
        apiVersion: VERSIONS.keyVault,
        body: {
          location,
          tags,
          properties: {
            tenantId: facts.tenantId,
            sku: { family: 'A', name: 'standard' },
            accessPolicies: [],
            enableRbacAuthorization: true,
          },
        },
      },
    ],
    applicationInsights: [
      logs,
      {
        what: `Application Insights ${names.applicationInsights}`,
        id: `${providers}/${GIVEN_TYPES.applicationInsights}/${names.applicationInsights}`,
        apiVersion: VERSIONS.applicationInsights,
        body: {
          location,
          tags,
          kind: 'web',
          properties: { Application_Type: 'web', WorkspaceResourceId: logs.id },
        },
      },
    ],
  };
}

function groupId({ subscriptionId, resourceGroup }: WorkspaceRef): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
}

function checkGiven(name: GivenName, id: string | undefined): void {
  if (id === undefined) return;
  const type = GIVEN_TYPES[name];
  const pattern = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/([^/]+\/[^/]+)\/[^/]+$/i;
  const found = typeof id === 'string' ? pattern.exec(id)?.[1] : undefined;
  if (found?.toLowerCase() === type.toLowerCase()) return;
  throw invalid(
    name,
    `is not the id of a ${type}`,
    `Give it as /subscriptions/<id>/resourceGroups/<group>/providers/${type}/<name>.`,
  );
}

function invalid(name: string, problem: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message: `${name} ${problem}.`, remedy });
}
