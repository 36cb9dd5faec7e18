import { labelsBefore, type Face, type VirtualHost } from './virtual-hosts.js';

/** The first folder of the hosts that are no more than one part of the cloud each. */
const FOLDERS: Readonly<Partial<Record<Face, string>>> = {
  graph: 'graph',
  inference: 'inference',
  dataPlane: 'data-plane',
};

/**
 * The folders in which the emulator has what a host of Azure has at its root: `/graph/`,
 * `/inference/{region}/{endpoint}/` for the host of an online endpoint, and `/data-plane/{region}/` for that of the
 * data plane of Azure Machine Learning.
 *
 * @param host - what was asked
 */
export function foldersOf(virtual: VirtualHost | undefined, host: string): readonly string[] {
  const folder = virtual === undefined ? undefined : FOLDERS[virtual.face];
  if (virtual === undefined || folder === undefined) return [];
  return [folder, ...(labelsBefore(host, virtual.name) ?? []).toReversed()];
}
