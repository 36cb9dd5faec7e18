const ID = /^[\w-]{1,64}$/;
const MOST_IDS = 50;

/**
 * Two claims requests as one: what either asks for, the second where both ask for the same claim.
 * What is no JSON object counts as empty.
 *
 * @returns JSON, or an empty string where there is nothing
 */
export function mergeClaims(first: string, second: string): string {
  const merged = mergeObjects(objectIn(first), objectIn(second));
  return Object.keys(merged).length === 0 ? '' : JSON.stringify(merged);
}

/** The ids of Conditional Access policies (`capolids`) in a claims request; undefined where there are none. */
export function policyIdsIn(claims: string | undefined): readonly string[] | undefined {
  const forToken = objectIn(claims ?? '')['access_token'];
  const asked = isRecord(forToken) ? forToken['capolids'] : undefined;
  const values: unknown = isRecord(asked) ? (asked['values'] ?? [asked['value']]) : undefined;
  const ids = Array.isArray(values) ? values.filter((id) => typeof id === 'string' && ID.test(id)) : [];
  return ids.length === 0 ? undefined : (ids as string[]).slice(0, MOST_IDS);
}

function mergeObjects(
  first: Record<string, unknown>,
  second: Record<string, unknown>,
): Record<string, unknown> {
  const merged = new Map(Object.entries(first));
  for (const [name, value] of Object.entries(second)) {
    const before = merged.get(name);
    merged.set(name, isRecord(before) && isRecord(value) ? { ...before, ...value } : value);
  }
  return Object.fromEntries(merged);
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
