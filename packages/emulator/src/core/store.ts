import { AmlAuthError } from '@aml-auth/core';

import { createReplica, type TableReader } from './replica.js';
import { TABLE_NAMES, type Tables } from './tables.js';

/** All of the emulator's state as plain JSON. */
export interface EmulatorSnapshot {
  readonly version: 1;
  /** Table → key → row. */
  readonly tables: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One write, in order. */
export interface JournalEntry {
  readonly sequence: number;
  readonly operation: 'put' | 'remove' | 'restore';
  readonly table?: keyof Tables;
  readonly key?: string;
}

/** The tables. Keys are compared without case, as Azure compares resource ids. */
export interface Store extends TableReader {
  /** The latest writes, oldest first. */
  readonly journal: readonly JournalEntry[];
  /**
   * The tables as the parts of the cloud see them that hear of writes late: the token service of
   * applications, secrets and principals, Azure RBAC of role assignments and members of groups. A row that
   * `get` finds and `replica.get` does not was made less than its replication delay ago. Without delays it
   * is the same as the tables.
   */
  readonly replica: TableReader;
  /**
   * The same tables, whose writes `replica` shows that many milliseconds later on the emulator's clock.
   * Everybody else sees them at once.
   */
  delayed(ms: number): Store;
  put<T extends keyof Tables>(table: T, key: string, row: Tables[T]): void;
  remove(table: keyof Tables, key: string): boolean;
  /** The tables as they are; not what `replica` does not show yet. */
  snapshot(): EmulatorSnapshot;
  /** Puts the tables back; `replica` shows them at once. */
  restore(snapshot: EmulatorSnapshot): void;
}

const JOURNAL_LIMIT = 10_000;

/** Rows that signing in leaves behind are kept up to this many of a kind; then the oldest goes. */
const PASSING_LIMIT = 10_000;
const PASSING: ReadonlySet<keyof Tables> = new Set([
  'authorizationCodes',
  'deviceCodes',
  'refreshTokenFamilies',
  'refreshTokens',
  'signInSessions',
  'signInWalks',
]);

/**
 * An empty {@link Store}.
 *
 * @param now - the emulator's time in milliseconds, by which delayed writes become visible
 */
export function createStore(now: () => number = Date.now): Store {
  let tables = emptyTables();
  let revision = 0;
  const journal: JournalEntry[] = [];

  function record(entry: Omit<JournalEntry, 'sequence'>): void {
    revision += 1;
    journal.push({ sequence: revision, ...entry });
    if (journal.length > JOURNAL_LIMIT) journal.shift();
  }

  function table<T extends keyof Tables>(name: T): Map<string, Tables[T]> {
    return tables[name];
  }

  const reader: TableReader = {
    get revision() {
      return revision;
    },
    get: (name, key) => table(name).get(key.toLowerCase()),
    list: (name) => [...table(name).values()],
  };
  const replica = createReplica(reader, now);

  const storeWith = (delay: number): Store => ({
    get revision() {
      return revision;
    },
    get: (name, key) => reader.get(name, key),
    list: (name) => reader.list(name),
    journal,
    replica,
    delayed: storeWith,
    put(name, key, row) {
      replica.write(name, key, row, delay);
      table(name).set(key.toLowerCase(), row);
      record({ operation: 'put', table: name, key });
      const oldest = PASSING.has(name) ? oldestBeyond(table(name), PASSING_LIMIT) : undefined;
      if (oldest !== undefined) this.remove(name, oldest);
    },
    remove(name, key) {
      if (!table(name).has(key.toLowerCase())) return false;
      replica.write(name, key, undefined, delay);
      table(name).delete(key.toLowerCase());
      record({ operation: 'remove', table: name, key });
      return true;
    },
    snapshot: () => ({
      version: 1,
      tables: structuredClone(
        Object.fromEntries(TABLE_NAMES.map((name) => [name, Object.fromEntries(tables[name])])),
      ),
    }),
    restore(snapshot) {
      tables = tablesOf(snapshot);
      replica.catchUp();
      record({ operation: 'restore' });
    },
  });
  return storeWith(0);
}

/** The key of the oldest row where there are too many. */
function oldestBeyond(rows: ReadonlyMap<string, unknown>, limit: number): string | undefined {
  return rows.size > limit ? rows.keys().next().value : undefined;
}

type TableMaps = { readonly [T in keyof Tables]: Map<string, Tables[T]> };

function emptyTables(): TableMaps {
  return Object.fromEntries(TABLE_NAMES.map((name) => [name, new Map()])) as unknown as TableMaps;
}

function tablesOf(snapshot: EmulatorSnapshot): TableMaps {
  // It may come from a file, of another version too.
  const given = snapshot as unknown as { version?: unknown; tables?: Record<string, unknown> } | undefined;
  const version = given?.version;
  const missing = TABLE_NAMES.find((name) => typeof given?.tables?.[name] !== 'object');
  if (version !== 1 || missing !== undefined) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The snapshot cannot be restored: ${version === 1 ? `it has no table ${String(missing)}` : 'it is not of version 1'}.`,
      remedy: 'Restore a value that snapshot() of the same version of @aml-auth/emulator returned.',
    });
  }
  const copy = structuredClone(snapshot.tables);
  return Object.fromEntries(
    TABLE_NAMES.map((name) => [name, new Map(Object.entries(copy[name] ?? {}))]),
  ) as unknown as TableMaps;
}
