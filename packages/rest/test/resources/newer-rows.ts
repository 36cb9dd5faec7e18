import type { ArmClient } from '@aml-auth/rest';
import { subscriptionId, type Wire } from './wire.js';
import { described, G, group, location, tags, W, ws } from './wire-rows.js';

/** A call of ours that the published client does not have, and what it must send. */
export interface NewerRow {
  readonly ours: (arm: ArmClient) => unknown;
  readonly wire: Pick<Wire, 'method' | 'path'> & Partial<Wire>;
}

const provider = `/subscriptions/${subscriptionId}/resourceGroups/${G}/providers/Microsoft.MachineLearningServices`;
const registry = `${provider}/registries/reg1`;

/** Later than 2022-10-01, which is what the published client speaks: paths of the specification of 2026-09-01. */
export const NEWER: Readonly<Record<string, NewerRow>> = {
  'computes.resize': {
    ours: ws((w) => w.computes.actions.resize('ci', { targetVMSize: 'STANDARD_DS11_V2' })),
    wire: {
      method: 'POST',
      path: `${provider}/workspaces/${W}/computes/ci/resize`,
      body: { targetVMSize: 'STANDARD_DS11_V2' },
    },
  },
  'computes.updateIdleShutdownSetting': {
    ours: ws((w) => w.computes.actions.updateIdleShutdownSetting('ci', { idleTimeBeforeShutdown: 'PT30M' })),
    wire: {
      method: 'POST',
      path: `${provider}/workspaces/${W}/computes/ci/updateIdleShutdownSetting`,
      body: { idleTimeBeforeShutdown: 'PT30M' },
    },
  },
  'codes.versions.startPendingUpload': {
    ours: ws((w) =>
      w.codes
        .versions('a')
        .actions.startPendingUpload('1', { body: { pendingUploadType: 'TemporaryBlobReference' } }),
    ),
    wire: {
      method: 'POST',
      path: `${provider}/workspaces/${W}/codes/a/versions/1/startPendingUpload`,
      body: { pendingUploadType: 'TemporaryBlobReference' },
    },
  },
  'connections.patch': {
    ours: ws((w) => w.connections.patch('c', { properties: { authType: 'None' } })),
    wire: {
      method: 'PATCH',
      path: `${provider}/workspaces/${W}/connections/c`,
      body: { properties: { authType: 'None' } },
    },
  },
  'connections.listSecrets': {
    ours: ws((w) => w.connections.actions.listSecrets('c')),
    wire: { method: 'POST', path: `${provider}/workspaces/${W}/connections/c/listsecrets` },
  },
  'workspaces.provisionManagedNetwork': {
    ours: ws((w) => w.actions.provisionManagedNetwork({ includeSpark: false })),
    wire: {
      method: 'POST',
      path: `${provider}/workspaces/${W}/provisionManagedNetwork`,
      body: { includeSpark: false },
    },
  },
  'subscription.registries': {
    ours: (a) => a.subscription(subscriptionId).registries(),
    wire: {
      method: 'GET',
      path: `/subscriptions/${subscriptionId}/providers/Microsoft.MachineLearningServices/registries`,
    },
  },
  'registries.get': {
    ours: (a) => a.resourceGroup(group).registries.get('reg1'),
    wire: { method: 'GET', path: registry },
  },
  'registries.list': {
    ours: (a) => a.resourceGroup(group).registries.list(),
    wire: { method: 'GET', path: `${provider}/registries` },
  },
  'registries.put': {
    ours: (a) => a.resourceGroup(group).registries.put('reg1', { location }),
    wire: { method: 'PUT', path: registry, body: { location } },
  },
  'registries.patch': {
    ours: (a) => a.resourceGroup(group).registries.patch('reg1', tags),
    wire: { method: 'PATCH', path: registry, body: tags },
  },
  'registries.delete': {
    ours: (a) => a.resourceGroup(group).registries.delete('reg1'),
    wire: { method: 'DELETE', path: registry },
  },
  'registries.removeRegions': {
    ours: (a) => a.registry({ ...group, registryName: 'reg1' }).actions.removeRegions({ location }),
    wire: { method: 'POST', path: `${registry}/removeRegions`, body: { location } },
  },
  ...registryRows('models', true),
  ...registryRows('data', true),
  ...registryRows('environments', false),
  ...registryRows('components', false),
  ...registryRows('codes', true),
};

function registryRows(
  name: 'models' | 'data' | 'environments' | 'components' | 'codes',
  uploads: boolean,
): Record<string, NewerRow> {
  const of = (arm: ArmClient) => arm.registry({ ...group, registryName: 'reg1' });
  const path = `${registry}/${name}`;
  const version = `${path}/a/versions/1`;
  const body = described;
  return {
    [`registry.${name}.get`]: {
      ours: (a) => of(a)[name].get('a'),
      wire: { method: 'GET', path: `${path}/a` },
    },
    [`registry.${name}.list`]: { ours: (a) => of(a)[name].list(), wire: { method: 'GET', path } },
    [`registry.${name}.put`]: {
      ours: (a) => of(a)[name].put('a', body),
      wire: { method: 'PUT', path: `${path}/a`, body },
    },
    [`registry.${name}.delete`]: {
      ours: (a) => of(a)[name].delete('a'),
      wire: { method: 'DELETE', path: `${path}/a` },
    },
    [`registry.${name}.versions.get`]: {
      ours: (a) => of(a)[name].versions('a').get('1'),
      wire: { method: 'GET', path: version },
    },
    [`registry.${name}.versions.list`]: {
      ours: (a) => of(a)[name].versions('a').list(),
      wire: { method: 'GET', path: `${path}/a/versions` },
    },
    [`registry.${name}.versions.put`]: {
      ours: (a) => of(a)[name].versions('a').put('1', body),
      wire: { method: 'PUT', path: version, body },
    },
    [`registry.${name}.versions.delete`]: {
      ours: (a) => of(a)[name].versions('a').delete('1'),
      wire: { method: 'DELETE', path: version },
    },
    ...(uploads
      ? {
          [`registry.${name}.versions.startPendingUpload`]: {
            ours: (a: ArmClient) =>
              of(a)[name as 'models'].versions('a').actions.startPendingUpload('1', { body }),
            wire: { method: 'POST', path: `${version}/startPendingUpload`, body },
          },
        }
      : {}),
  };
}
