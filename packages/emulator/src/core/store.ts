import { AmlAuthError } from '@aml-auth/core';

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
export interface Store {
  /** Grows with every write; equal revisions mean equal contents. */
  readonly revision: number;
  /** The latest writes, oldest first. */
  readonly journal: readonly JournalEntry[];
  get<T extends keyof Tables>(table: T, key: string): Tables[T] | undefined;
  list<T extends keyof Tables>(table: T): readonly Tables[T][];
  put<T extends keyof Tables>(table: T, key: string, row: Tables[T]): void;
  remove(table: keyof Tables, key: string): boolean;
  snapshot(): EmulatorSnapshot;
  restore(snapshot: EmulatorSnapshot): void;
}

const JOURNAL_LIMIT = 10_000;

/** An empty {@link Store}. */
export function createStore(): Store {
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

  return {
    get revision() {
      return revision;
    },
    journal,
    get: (name, key) => table(name).get(key.toLowerCase()),
    list: (name) => [...table(name).values()],
    put(name, key, row) {
      table(name).set(key.toLowerCase(), row);
      record({ operation: 'put', table: name, key });
    },
    remove(name, key) {
      const existed = table(name).delete(key.toLowerCase());
      if (existed) record({ operation: 'remove', table: name, key });
      return existed;
    },
    snapshot: () => ({
      version: 1,
      tables: structuredClone(
        Object.fromEntries(TABLE_NAMES.map((name) => [name, Object.fromEntries(tables[name])])),
      ),
    }),
    restore(snapshot) {
      tables = tablesOf(snapshot);
      record({ operation: 'restore' });
    },
  };
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
