/** Where the content of an entity is, and until when. */
export interface IndexEntry {
  readonly hash: string;
  /** Milliseconds since the epoch. */
  readonly expiresOn: number;
}

/** Which entities a cache has, by name. */
export type MsalIndex = ReadonlyMap<string, IndexEntry>;

const VERSION = 1;

/** The index as text. */
export function formatIndex(index: MsalIndex): string {
  return JSON.stringify([
    VERSION,
    ...[...index].map(([name, { hash, expiresOn }]) => [name, hash, expiresOn]),
  ]);
}

/** Reads what {@link formatIndex} made. Anything else counts as an empty index. Never throws. */
export function parseIndex(text: string | undefined): MsalIndex {
  const index = new Map<string, IndexEntry>();
  const [version, ...rows] = arrayOf(text);
  if (version !== VERSION) return index;
  for (const row of rows) {
    if (!Array.isArray(row)) continue;
    const [name, hash, expiresOn] = row as unknown[];
    if (typeof name !== 'string' || typeof hash !== 'string' || typeof expiresOn !== 'number') continue;
    index.set(name, { hash, expiresOn });
  }
  return index;
}

/** The index after changes: what was removed or has expired is out, what was written is in. */
export function changedIndex(
  index: MsalIndex,
  written: MsalIndex,
  removed: ReadonlySet<string>,
  now: number,
): MsalIndex {
  const kept = [...index].filter(([name, { expiresOn }]) => !removed.has(name) && expiresOn > now);
  return new Map([...kept, ...written]);
}

function arrayOf(text: string | undefined): unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
