import type { Clock } from '@aml-auth/core';

import { ONLINE } from '../arm/providers/machine-learning/endpoints/endpoint-types.js';
import { MACHINE_LEARNING } from '../core/arm-ids.js';
import { addSystemIdentity } from '../core/identity-rows.js';
import type { ResourceIdentity, Workspace } from '../core/resource-rows.js';
import type { Store } from '../core/store.js';
import { steady } from '../core/timeline.js';
import { newKey, type Vault } from '../core/vault.js';
import { seedStamp, type WorkspaceResource } from '../core/workspace-resource-rows.js';
import { addNew } from './add-new.js';
import type { SeedWorkspace } from './emulator-seed.js';
import { findIdentity } from './find-identity.js';
import { findPrincipal } from './find-principal.js';
import { invalidSeed } from './invalid-seed.js';
import type { SeedDatastore, SeedEndpoint, SeedJob } from './workspace-seed.js';

/** What the resources of a workspace are written with. */
export interface WorkspaceSeeding {
  readonly store: Store;
  readonly tenantId: string;
  readonly workspace: Workspace;
  readonly clock: Clock;
  readonly vault: Vault;
}

const AUTH_MODES = { key: 'Key', 'aml-token': 'AMLToken', 'aad-token': 'AADToken' } as const;
/** What the place in a storage account is called, by type of datastore. */
const CONTAINERS = {
  AzureBlob: 'containerName',
  AzureFile: 'fileShareName',
  AzureDataLakeGen2: 'filesystem',
} as const;

/** Writes the datastores, online endpoints and jobs of a workspace whose computes are there. */
export function addWorkspaceResources(seeding: WorkspaceSeeding, seed: SeedWorkspace): void {
  for (const datastore of seed.datastores ?? []) addDatastore(seeding, datastore);
  for (const endpoint of seed.endpoints ?? []) addEndpoint(seeding, endpoint);
  for (const job of seed.jobs ?? []) addJob(seeding, job);
}

function addDatastore(seeding: WorkspaceSeeding, seed: SeedDatastore): void {
  const { name, type = 'AzureBlob', account, container, accountKey, sasToken } = seed;
  const credentialsType = accountKey !== undefined ? 'AccountKey' : sasToken === undefined ? 'None' : 'Sas';
  const secrets = {
    ...(accountKey === undefined ? {} : { key: accountKey }),
    ...(sasToken === undefined ? {} : { sasToken }),
  };
  const properties = {
    datastoreType: type,
    accountName: account,
    [CONTAINERS[type]]: container,
    endpoint: 'core.windows.net',
    protocol: 'https',
    isDefault: false,
    credentials: { credentialsType },
  };
  add(seeding, 'datastore', {
    ...blank(seeding, 'datastores', name),
    properties,
    sealed: sealAll(seeding, secrets),
  });
}

function addEndpoint(seeding: WorkspaceSeeding, seed: SeedEndpoint): void {
  const { name, auth = 'key', identity = 'system', deployments = ['default'] } = seed;
  const [first] = deployments;
  const traffic = seed.traffic ?? (first === undefined ? {} : { [first]: 100 });
  const keys = seed.keys ?? { primary: newKey(), secondary: newKey() };
  const { location } = seeding.workspace;
  const row: WorkspaceResource = {
    ...blank(seeding, 'onlineEndpoints', name),
    location,
    kind: ONLINE.kind,
    identity: identityOf(seeding, name, identity),
    properties: { authMode: AUTH_MODES[auth], traffic },
    sealed: sealAll(seeding, keys),
  };
  add(seeding, 'online endpoint', row);
  for (const deployment of deployments) {
    add(seeding, 'deployment', {
      ...blank(seeding, `onlineEndpoints/${name}/deployments`, deployment),
      type: ONLINE.deploymentType,
      parentId: row.id,
      location,
      kind: ONLINE.kind,
      properties: { endpointComputeType: 'Managed', instanceType: 'Standard_DS3_v2' },
    });
  }
}

function addJob(seeding: WorkspaceSeeding, seed: SeedJob): void {
  const { store, tenantId, workspace, clock } = seeding;
  const {
    name,
    status = 'Completed',
    compute,
    user,
    command = 'python train.py',
    experiment = 'Default',
  } = seed;
  const computeId =
    compute === undefined ? undefined : store.get('computes', `${workspace.id}/computes/${compute}`)?.id;
  if (compute !== undefined && computeId === undefined) {
    throw invalidSeed(
      `The job ${name} names the compute ${compute}, which the workspace ${workspace.name} does not have.`,
    );
  }
  const creatorId = user === undefined ? null : findPrincipal(store, tenantId, `user:${user}`);
  const creator = creatorId === null ? undefined : store.get('users', creatorId);
  add(seeding, 'job', {
    ...blank(seeding, 'jobs', name),
    ...(creator === undefined
      ? {}
      : { creatorId, createdBy: creator.userPrincipalName, createdByType: 'User' }),
    properties: {
      jobType: 'Command',
      displayName: name,
      experimentName: experiment,
      command,
      environmentId: `${workspace.id}/environments/base/versions/1`,
      ...(computeId === undefined ? {} : { computeId }),
      ...(user === undefined ? {} : { identity: { identityType: 'UserIdentity' } }),
    },
    timeline: steady(status, clock.now()),
  });
}

function identityOf(seeding: WorkspaceSeeding, name: string, identity: string): ResourceIdentity {
  const { store, tenantId, workspace } = seeding;
  if (identity !== 'system') {
    const { id } = findIdentity(store, tenantId, identity);
    return { type: 'UserAssigned', principalId: null, userAssigned: [id] };
  }
  const id = `${workspace.id}/onlineEndpoints/${name}`;
  const principalId = addSystemIdentity(store, tenantId, id, `${workspace.name}/onlineEndpoints/${name}`);
  return { type: 'SystemAssigned', principalId, userAssigned: [] };
}

function blank({ workspace, clock }: WorkspaceSeeding, path: string, name: string): WorkspaceResource {
  return {
    ...seedStamp(clock.now()),
    id: `${workspace.id}/${path}/${name}`,
    type: `${MACHINE_LEARNING}/workspaces/${path}`,
    name,
    parentId: workspace.id,
    location: null,
    kind: null,
    tags: {},
    identity: null,
    properties: {},
    sealed: {},
    timeline: [],
  };
}

function sealAll(
  { vault }: WorkspaceSeeding,
  secrets: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, vault.seal(secret)]));
}

function add({ store, workspace }: WorkspaceSeeding, noun: string, row: WorkspaceResource): void {
  addNew(store, 'workspaceResources', row.id, row, `${noun} ${workspace.name}/${row.name}`);
}
