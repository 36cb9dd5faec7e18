import { builtins } from '../lib/builtins.js';

/** The chassis asset tag of every virtual machine in Azure; cloud-init knows Azure by it. */
const AZURE_TAG = '7783-7084-3265-9085-8269-3286-77';
const TAG_FILE = '/sys/class/dmi/id/chassis_asset_tag';

/**
 * Whether the hardware says that this is a virtual machine in Azure, without a network call. False also
 * where nothing can be read: containers often hide it, so that a miss does not mean that it is not.
 *
 * @param read - reads a file as text; throws where there is none
 */
export function isAzureMachine(read: (path: string) => string = readText): boolean {
  try {
    return read(TAG_FILE).trim() === AZURE_TAG;
  } catch {
    return false;
  }
}

function readText(path: string): string {
  return builtins.fs.readFileSync(path, 'utf8');
}
