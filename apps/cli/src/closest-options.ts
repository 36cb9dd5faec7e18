/** So many letters may be wrong. */
const MOST = 2;

/**
 * The options that somebody may have meant, the closest ones only.
 *
 * @param given - as it was written
 * @param known - as they are written
 */
export function closestOptions(given: string, known: readonly string[]): readonly string[] {
  const far = known.map((name) => [name, distance(given, name)] as const);
  const least = Math.min(MOST, ...far.map(([, steps]) => steps));
  return far.flatMap(([name, steps]) => (steps === least ? [name] : []));
}

/** How many letters must be put in, taken out or changed (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [at, letter] of Array.from(from).entries()) {
    const next = [at + 1];
    for (const [index, other] of Array.from(to).entries()) {
      const changed = (row[index] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
