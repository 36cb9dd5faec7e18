import type { Clock } from '@aml-auth/core';

import type { Store } from '../../core/store.js';
import { finishDue } from './finish-due.js';

/** The store as it is at this moment: whoever reads it finds the operations ended whose time has come. */
export function currentStore(store: Store, clock: Clock): Store {
  const current = (): Store => {
    finishDue(store, clock.now());
    return store;
  };
  return {
    get revision() {
      return current().revision;
    },
    journal: store.journal,
    replica: store.replica,
    delayed: (ms) => store.delayed(ms),
    get: (table, key) => current().get(table, key),
    list: (table) => current().list(table),
    put: (table, key, row) => {
      store.put(table, key, row);
    },
    remove: (table, key) => store.remove(table, key),
    snapshot: () => current().snapshot(),
    restore: (snapshot) => {
      store.restore(snapshot);
    },
  };
}
