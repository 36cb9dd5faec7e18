import type { Tables } from './tables.js';

/** The tables, to be read. */
export interface TableReader {
  /** Grows with every change of what can be read; equal revisions mean equal contents. */
  readonly revision: number;
  get<T extends keyof Tables>(table: T, key: string): Tables[T] | undefined;
  list<T extends keyof Tables>(table: T): readonly Tables[T][];
}

/** A copy of the tables that runs behind them where a write says so. */
export interface Replica extends TableReader {
  /**
   * Tells of a write before it happens.
   *
   * @param delay - milliseconds until it can be seen; 0 for at once
   */
  write(table: keyof Tables, key: string, row: Tables[keyof Tables] | undefined, delay: number): void;
  /** Everything can be seen from now on. */
  catchUp(): void;
}

interface Version {
  /** Milliseconds since the epoch. */
  readonly visibleAt: number;
  /** Undefined where the row was removed. */
  readonly row: unknown;
}

/** A row that is not yet seen as it is. */
interface Behind {
  readonly table: keyof Tables;
  /** What is seen; undefined for nothing. */
  shown: unknown;
  /** What will be seen, one after the other. */
  versions: readonly Version[];
}

/**
 * A {@link Replica}. It keeps only what differs from the tables, so that it costs nothing while there is
 * no delay. Writes to one row become visible in their order: a later one never shows before an earlier.
 *
 * @param now - the emulator's time, in milliseconds since the epoch
 */
export function createReplica(primary: TableReader, now: () => number): Replica {
  const behind = new Map<string, Behind>();
  let revisions = 0;

  const idOf = (table: keyof Tables, key: string): string => `${table}/${key.toLowerCase()}`;

  /** Shows what has become visible. Time that goes back hides nothing again. */
  function settle(): void {
    if (behind.size === 0) return;
    const time = now();
    for (const [id, entry] of behind) {
      const due = entry.versions.filter(({ visibleAt }) => visibleAt <= time);
      if (due.length === 0) continue;
      entry.shown = due.at(-1)?.row;
      entry.versions = entry.versions.slice(due.length);
      if (entry.versions.length === 0) behind.delete(id);
      revisions += 1;
    }
  }

  return {
    get revision() {
      settle();
      return primary.revision + revisions;
    },
    get<T extends keyof Tables>(table: T, key: string) {
      settle();
      const entry = behind.get(idOf(table, key));
      return entry === undefined ? primary.get(table, key) : (entry.shown as Tables[T] | undefined);
    },
    list<T extends keyof Tables>(table: T) {
      settle();
      const here = [...behind].filter(([, entry]) => entry.table === table);
      if (here.length === 0) return primary.list(table);
      const rows = primary.list(table);
      const hidden = new Set(here.map(([id]) => primary.get(table, id.slice(table.length + 1))));
      const shown = here.flatMap(([, entry]) =>
        entry.shown === undefined ? [] : [entry.shown as Tables[T]],
      );
      return [...rows.filter((row) => !hidden.has(row)), ...shown];
    },
    write(table, key, row, delay) {
      settle();
      const id = idOf(table, key);
      const entry = behind.get(id);
      if (entry === undefined && delay <= 0) return;
      const last = entry?.versions.at(-1)?.visibleAt ?? 0;
      const version: Version = { visibleAt: Math.max(now() + delay, last), row };
      if (entry === undefined) behind.set(id, { table, shown: primary.get(table, key), versions: [version] });
      else entry.versions = [...entry.versions, version];
    },
    catchUp() {
      if (behind.size > 0) revisions += 1;
      behind.clear();
    },
  };
}
