import { labelsBefore, type VirtualHost } from './virtual-hosts.js';

/**
 * The folders in which the emulator has what a host of Azure has at its root: `/graph/`, and
 * `/inference/{region}/{endpoint}/` for the host of an online endpoint.
 *
 * @param host - what was asked
 */
export function foldersOf(virtual: VirtualHost | undefined, host: string): readonly string[] {
  if (virtual?.face === 'graph') return ['graph'];
  if (virtual?.face !== 'inference') return [];
  return ['inference', ...(labelsBefore(host, virtual.name) ?? []).toReversed()];
}
