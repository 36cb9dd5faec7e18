import { MACHINE_LEARNING } from '../../core/arm-ids.js';
import type { Store } from '../../core/store.js';
import type { Compute } from '../../core/tables.js';
import { presentIdentity } from './present-identity.js';

const VM_SIZE = 'STANDARD_DS3_V2';

/** A compute target as the service shows it: idle, where it is a cluster; running, where it is an instance. */
export function presentCompute(row: Compute, tenantId: string, store: Store): Record<string, unknown> {
  const at = new Date(row.createdAt).toISOString();
  return {
    id: row.id,
    name: row.name,
    type: `${MACHINE_LEARNING}/workspaces/computes`,
    location: row.location,
    tags: {},
    identity: presentIdentity(row.identity, tenantId),
    properties: {
      computeType: row.kind,
      computeLocation: row.location,
      description: null,
      resourceId: null,
      createdOn: at,
      modifiedOn: at,
      provisioningState: 'Succeeded',
      provisioningErrors: null,
      isAttachedCompute: false,
      disableLocalAuth: true,
      properties: row.kind === 'AmlCompute' ? clusterOf(at) : instanceOf(row, tenantId, store),
    },
    systemData: {
      createdAt: at,
      createdBy: 'seed',
      createdByType: 'Application',
      lastModifiedAt: at,
      lastModifiedBy: 'seed',
      lastModifiedByType: 'Application',
    },
  };
}

function clusterOf(at: string): Record<string, unknown> {
  return {
    osType: 'Linux',
    vmSize: VM_SIZE,
    vmPriority: 'Dedicated',
    virtualMachineImage: null,
    isolatedNetwork: false,
    scaleSettings: { minNodeCount: 0, maxNodeCount: 1, nodeIdleTimeBeforeScaleDown: 'PT2M' },
    userAccountCredentials: null,
    subnet: null,
    remoteLoginPortPublicAccess: 'Disabled',
    allocationState: 'Steady',
    allocationStateTransitionTime: at,
    errors: null,
    currentNodeCount: 0,
    targetNodeCount: 0,
    nodeStateCounts: {
      idleNodeCount: 0,
      runningNodeCount: 0,
      preparingNodeCount: 0,
      unusableNodeCount: 0,
      leavingNodeCount: 0,
      preemptedNodeCount: 0,
    },
    enableNodePublicIp: true,
  };
}

function instanceOf(row: Compute, tenantId: string, store: Store): Record<string, unknown> {
  const user = row.assignedUserId === null ? undefined : store.get('users', row.assignedUserId);
  const assigned =
    user === undefined ? null : { assignedUser: { objectId: user.id, tenantId: user.tenantId } };
  return {
    vmSize: VM_SIZE,
    subnet: null,
    applicationSharingPolicy: 'Personal',
    sshSettings: { sshPublicAccess: 'Disabled' },
    computeInstanceAuthorizationType: 'personal',
    personalComputeInstanceSettings: assigned,
    enableSSO: row.sso,
    enableNodePublicIp: true,
    createdBy:
      user === undefined ? null : { userName: user.displayName, userId: user.id, userOrgId: tenantId },
    errors: [],
    state: 'Running',
    lastOperation: { operationName: 'Create', operationStatus: 'Succeeded' },
  };
}
