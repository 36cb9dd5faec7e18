/** Whether a text matches a pattern in which `*` stands for anything. Case does not count. */
export function matchesText(pattern: string, text: string): boolean {
  const wanted = Array.from(pattern.toLowerCase());
  return matchesItems(wanted, Array.from(text.toLowerCase()), '*', (one, other) => one === other);
}

/**
 * Whether a list matches a pattern in which some items stand for any number of items. It takes as many steps as
 * both are long, multiplied: a regular expression with as many stars may never come to an end.
 *
 * @param star - what stands for any number of items
 * @param fits - whether an item of the list fits one of the pattern that is no star
 */
export function matchesItems(
  pattern: readonly string[],
  list: readonly string[],
  star: string,
  fits: (wanted: string, item: string) => boolean,
): boolean {
  let at = 0;
  // The last star, and up to where in the list it stretches.
  let lastStar = -1;
  let stretched = 0;
  for (let index = 0; index < list.length;) {
    const wanted = pattern[at];
    if (wanted === star) {
      lastStar = at;
      stretched = index;
      at += 1;
    } else if (wanted !== undefined && fits(wanted, list[index] ?? '')) {
      at += 1;
      index += 1;
    } else if (lastStar < 0) {
      return false;
    } else {
      at = lastStar + 1;
      stretched += 1;
      index = stretched;
    }
  }
  return pattern.slice(at).every((wanted) => wanted === star);
}
