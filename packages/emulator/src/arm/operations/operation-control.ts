import { addOperationFailure } from '../../core/operation-rows.js';
import type { Emulator } from '../../emulator.js';
import type { World } from '../../http/call.js';

/** What tests decide about operations. */
export type OperationControl = Pick<Emulator, 'failNextOperation'>;

/** Decides about the operations of a world. */
export function createOperationControl({ store }: Pick<World, 'store'>): OperationControl {
  return {
    failNextOperation: (failure = {}) => {
      addOperationFailure(store, failure);
    },
  };
}
