/** A `Map` that forgets everything when it is full: what it held can be worked out again. */
export interface BoundedMap<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
}

/** @param capacity - how many entries it holds at most */
export function createBoundedMap<K, V>(capacity: number): BoundedMap<K, V> {
  const entries = new Map<K, V>();
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      if (entries.size >= capacity && !entries.has(key)) entries.clear();
      entries.set(key, value);
    },
  };
}
