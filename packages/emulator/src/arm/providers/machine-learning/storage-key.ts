import type { Call } from '../../../http/call.js';

/** The key of a storage account in this run: the same wherever it is asked for. 88 characters, as in Azure. */
export function storageKey({ world }: Call, account: string): string {
  return `${world.vault.derive('storage-key', account, '1')}${world.vault.derive('storage-key', account, '2')}==`;
}
