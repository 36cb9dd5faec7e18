/**
 * Whether all that is wanted is in what was found: fields of objects, in any depth, and whole lists. What else was
 * found does not matter: services add defaults. Texts are compared without regard to case, as Azure Resource Manager
 * compares ids and locations.
 */
export function containsAll(found: unknown, wanted: unknown): boolean {
  if (wanted === undefined) return true;
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) &&
      found.length === wanted.length &&
      wanted.every((item, index) => containsAll(found[index], item))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof found !== 'object' || found === null) return false;
    return Object.entries(wanted).every(([name, value]) =>
      containsAll(Object.hasOwn(found, name) ? (found as Record<string, unknown>)[name] : undefined, value),
    );
  }
  if (typeof wanted === 'string' && typeof found === 'string') {
    return wanted.toLowerCase() === found.toLowerCase();
  }
  // ARM answers null and nothing alike.
  return wanted === null ? (found ?? null) === null : wanted === found;
}
