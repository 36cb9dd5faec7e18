/** A truth value of Kleene's three-valued logic. */
export type Truth = boolean | 'unknown';

/** True where one is, false where all are, else unknown. */
export function someTruth<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let result: Truth = false;
  for (const item of items) {
    const truth = test(item);
    if (truth === true) return true;
    if (truth === 'unknown') result = 'unknown';
  }
  return result;
}

/** False where one is, true where all are, else unknown. */
export function everyTruth<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let result: Truth = true;
  for (const item of items) {
    const truth = test(item);
    if (truth === false) return false;
    if (truth === 'unknown') result = 'unknown';
  }
  return result;
}
