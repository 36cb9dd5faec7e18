import { MACHINE_LEARNING } from '../../core/arm-ids.js';
import {
  COMPUTE_VERSIONS,
  MACHINE_LEARNING_VERSIONS,
  RESOURCES_VERSIONS,
  type ApiVersions,
} from '../api-versions.js';
import {
  CONTAINER_REGISTRY_VERSIONS,
  KEY_VAULT_VERSIONS,
  STORAGE_VERSIONS,
} from '../providers/generic/dependent-versions.js';

/** Where the operations of a kind are polled. */
export interface OperationKind {
  readonly apiVersions: ApiVersions;
  /** The type of status documents, which `Azure-AsyncOperation` leads to. */
  readonly statusType: string;
  /** The type of results, which `Location` leads to. Where it is the same, `monitor=true` tells them apart. */
  readonly resultType: string;
}

function machineLearning(status: string, results: string): OperationKind {
  return {
    apiVersions: MACHINE_LEARNING_VERSIONS,
    statusType: `${MACHINE_LEARNING}/locations/${status}`,
    resultType: `${MACHINE_LEARNING}/locations/${results}`,
  };
}

/** A kind that is polled at one type, for its status and for its result. */
function alike(apiVersions: ApiVersions, type: string): OperationKind {
  return { apiVersions, statusType: type, resultType: type };
}

/** The kinds of long-running operations, most of them by the name that their status has in a path. */
export type OperationKindName =
  | 'workspaceOperationsStatus'
  | 'computeOperationsStatus'
  | 'mfeOperationsStatus'
  | 'computeOperations'
  | 'resourceOperations'
  | 'storageOperations'
  | 'vaultOperations'
  | 'registryOperations';

/** Where each kind is polled. `computeOperations` are those of Microsoft.Compute; those of vaults are not polled. */
export const OPERATION_KINDS: Readonly<Record<OperationKindName, OperationKind>> = {
  workspaceOperationsStatus: machineLearning('workspaceOperationsStatus', 'workspaceOperationResults'),
  computeOperationsStatus: machineLearning('computeOperationsStatus', 'computeOperationResults'),
  mfeOperationsStatus: machineLearning('mfeOperationsStatus', 'mfeOperationResults'),
  computeOperations: alike(COMPUTE_VERSIONS, 'Microsoft.Compute/locations/operations'),
  storageOperations: alike(STORAGE_VERSIONS, 'Microsoft.Storage/locations/asyncoperations'),
  vaultOperations: alike(KEY_VAULT_VERSIONS, 'Microsoft.KeyVault/locations/operationResults'),
  registryOperations: alike(
    CONTAINER_REGISTRY_VERSIONS,
    'Microsoft.ContainerRegistry/locations/operationResults',
  ),
  resourceOperations: alike(RESOURCES_VERSIONS, 'Microsoft.Resources/subscriptions/operationresults'),
};

/** The kind of that name. */
export function operationKind(name: string): OperationKind {
  return OPERATION_KINDS[name as OperationKindName];
}
