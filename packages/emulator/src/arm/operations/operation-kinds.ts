import { MACHINE_LEARNING } from '../../core/arm-ids.js';
import {
  COMPUTE_VERSIONS,
  MACHINE_LEARNING_VERSIONS,
  RESOURCES_VERSIONS,
  type ApiVersions,
} from '../api-versions.js';

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

/** The kinds of long-running operations, most of them by the name that their status has in a path. */
export type OperationKindName =
  | 'workspaceOperationsStatus'
  | 'computeOperationsStatus'
  | 'mfeOperationsStatus'
  | 'computeOperations'
  | 'resourceOperations';

/** Where each kind is polled. `computeOperations` are those of Microsoft.Compute. */
export const OPERATION_KINDS: Readonly<Record<OperationKindName, OperationKind>> = {
  workspaceOperationsStatus: machineLearning('workspaceOperationsStatus', 'workspaceOperationResults'),
  computeOperationsStatus: machineLearning('computeOperationsStatus', 'computeOperationResults'),
  mfeOperationsStatus: machineLearning('mfeOperationsStatus', 'mfeOperationResults'),
  computeOperations: {
    apiVersions: COMPUTE_VERSIONS,
    statusType: 'Microsoft.Compute/locations/operations',
    resultType: 'Microsoft.Compute/locations/operations',
  },
  resourceOperations: {
    apiVersions: RESOURCES_VERSIONS,
    statusType: 'Microsoft.Resources/subscriptions/operationresults',
    resultType: 'Microsoft.Resources/subscriptions/operationresults',
  },
};

/** The kind of that name. */
export function operationKind(name: string): OperationKind {
  return OPERATION_KINDS[name as OperationKindName];
}
