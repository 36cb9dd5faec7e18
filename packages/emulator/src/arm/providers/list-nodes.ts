import { MACHINE_LEARNING } from '../../core/arm-ids.js';
import { idFor } from '../../core/ids.js';
import { isObject } from '../../core/json.js';
import type { Compute } from '../../core/resource-rows.js';
import type { Store } from '../../core/store.js';
import { stateAt } from '../../core/timeline.js';

/** A node of a cluster, as `listNodes` shows it. */
export interface ClusterNode {
  readonly nodeId: string;
  readonly privateIpAddress: string;
  readonly publicIpAddress: null;
  readonly port: number;
  readonly nodeState: 'idle' | 'running';
  /** The job that runs there. */
  readonly runId?: string;
}

/** The nodes that a cluster has: one for each job that runs there, and as many as it keeps in any case. */
export function listNodes(store: Store, row: Compute, now: number): readonly ClusterNode[] {
  const scale = isObject(row.settings['scaleSettings']) ? row.settings['scaleSettings'] : {};
  const least = Number(scale['minNodeCount'] ?? 0);
  const most = Number(scale['maxNodeCount'] ?? 1);
  const runs = store
    .list('workspaceResources')
    .filter(({ type }) => type === `${MACHINE_LEARNING}/workspaces/jobs`)
    .filter(({ properties }) => properties['computeId'] === row.id)
    .filter(({ timeline }) => stateAt(timeline, now) === 'Running')
    .slice(0, most);
  return Array.from({ length: Math.max(least, runs.length) }, (_, index) => {
    const run = runs[index];
    return {
      nodeId: `tvmps_${idFor('node', row.id, String(index)).replaceAll('-', '')}_d`,
      privateIpAddress: `10.0.0.${index + 4}`,
      publicIpAddress: null,
      port: 50_000 + index,
      nodeState: run === undefined ? 'idle' : 'running',
      ...(run === undefined ? {} : { runId: run.name }),
    };
  });
}
