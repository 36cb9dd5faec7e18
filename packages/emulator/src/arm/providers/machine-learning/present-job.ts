import { isObject } from '../../../core/json.js';
import type { Workspace } from '../../../core/resource-rows.js';
import { endOf } from '../../../core/timeline.js';
import type { WorkspaceResource } from '../../../core/workspace-resource-rows.js';
import type { Properties } from './read-properties.js';

/** Whether a job with the status has ended. */
export function isJobOver(status: string): boolean {
  return ['Completed', 'Failed', 'Canceled'].includes(status);
}

/** What the service adds to a job: its status, its services and where its outputs are. */
export function presentJob(
  row: WorkspaceResource,
  workspace: Workspace,
  tenantId: string,
  status: string,
): Properties {
  const { properties } = row;
  const running = row.timeline.find(({ state }) => state === 'Running');
  const isOver = isJobOver(status);
  const given = isObject(properties['properties']) ? properties['properties'] : {};
  const outputs = isObject(properties['outputs']) ? properties['outputs'] : {};
  return {
    status,
    displayName: properties['displayName'] ?? row.name,
    experimentName: properties['experimentName'] ?? 'Default',
    isArchived: properties['isArchived'] ?? false,
    properties: {
      ...given,
      ...(running !== undefined && (status === 'Running' || isOver)
        ? { StartTimeUtc: utc(running.from) }
        : {}),
      ...(isOver ? { EndTimeUtc: utc(endOf(row.timeline)) } : {}),
    },
    services: {
      Tracking: {
        jobServiceType: 'Tracking',
        endpoint: `azureml://${workspace.location}.api.azureml.ms/mlflow/v1.0${workspace.id}?`,
      },
      Studio: {
        jobServiceType: 'Studio',
        endpoint: `https://ml.azure.com/runs/${row.name}?wsid=${workspace.id}&tid=${tenantId}`,
      },
    },
    outputs: {
      default: {
        jobOutputType: 'uri_folder',
        mode: 'ReadWriteMount',
        uri: `azureml://datastores/workspaceartifactstore/ExperimentRun/dcid.${row.name}`,
      },
      ...outputs,
    },
  };
}

/** As the run history writes times: `2026-11-26 22:10:05`. */
function utc(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
