import { MACHINE_LEARNING } from '../../core/arm-ids.js';
import type { Compute } from '../../core/resource-rows.js';
import type { Store } from '../../core/store.js';
import { computeStateOf, type ComputeState } from './compute-state.js';
import { listNodes } from './list-nodes.js';
import { systemDataOf } from './machine-learning/stamp-resource.js';
import { presentIdentity } from './present-identity.js';

const VM_SIZE = 'STANDARD_DS3_V2';

/** A compute target as the service shows it at a time. */
export function presentCompute(
  row: Compute,
  tenantId: string,
  store: Store,
  now: number,
): Record<string, unknown> {
  const state = computeStateOf(store, row);
  return {
    id: row.id,
    name: row.name,
    type: `${MACHINE_LEARNING}/workspaces/computes`,
    location: row.location,
    tags: row.tags,
    identity: presentIdentity(row.identity, tenantId),
    properties: {
      computeType: row.kind,
      computeLocation: row.location,
      description: row.description,
      resourceId: row.resourceId,
      createdOn: new Date(row.createdAt).toISOString(),
      modifiedOn: new Date(row.modifiedAt).toISOString(),
      provisioningState: state.provisioningState,
      provisioningErrors: null,
      isAttachedCompute: row.resourceId !== null,
      disableLocalAuth: row.disableLocalAuth,
      properties: settingsOf(row, tenantId, store, state, now),
    },
    systemData: systemDataOf(row),
  };
}

function settingsOf(
  row: Compute,
  tenantId: string,
  store: Store,
  state: ComputeState,
  now: number,
): Record<string, unknown> {
  if (row.kind === 'AmlCompute') return clusterOf(row, store, state, now);
  return row.kind === 'ComputeInstance' ? instanceOf(row, tenantId, store, state) : row.settings;
}

function clusterOf(
  row: Compute,
  store: Store,
  { allocationState }: ComputeState,
  now: number,
): Record<string, unknown> {
  const nodes = listNodes(store, row, now);
  const running = nodes.filter(({ nodeState }) => nodeState === 'running').length;
  return {
    osType: 'Linux',
    vmSize: VM_SIZE,
    vmPriority: 'Dedicated',
    virtualMachineImage: null,
    isolatedNetwork: false,
    scaleSettings: { minNodeCount: 0, maxNodeCount: 1, nodeIdleTimeBeforeScaleDown: 'PT120S' },
    userAccountCredentials: null,
    subnet: null,
    remoteLoginPortPublicAccess: 'Disabled',
    enableNodePublicIp: true,
    ...row.settings,
    allocationState,
    allocationStateTransitionTime: new Date(row.modifiedAt).toISOString(),
    errors: null,
    currentNodeCount: nodes.length,
    targetNodeCount: nodes.length,
    nodeStateCounts: {
      idleNodeCount: nodes.length - running,
      runningNodeCount: running,
      preparingNodeCount: 0,
      unusableNodeCount: 0,
      leavingNodeCount: 0,
      preemptedNodeCount: 0,
    },
  };
}

function instanceOf(
  row: Compute,
  tenantId: string,
  store: Store,
  { instanceState, lastOperation }: ComputeState,
): Record<string, unknown> {
  const user = row.assignedUserId === null ? undefined : store.get('users', row.assignedUserId);
  const assigned =
    user === undefined ? null : { assignedUser: { objectId: user.id, tenantId: user.tenantId } };
  return {
    vmSize: VM_SIZE,
    subnet: null,
    applicationSharingPolicy: 'Personal',
    sshSettings: { sshPublicAccess: 'Disabled' },
    computeInstanceAuthorizationType: 'personal',
    enableNodePublicIp: true,
    ...row.settings,
    personalComputeInstanceSettings: assigned,
    enableSSO: row.sso,
    createdBy:
      user === undefined ? null : { userName: user.displayName, userId: user.id, userOrgId: tenantId },
    errors: [],
    state: instanceState,
    lastOperation,
  };
}
