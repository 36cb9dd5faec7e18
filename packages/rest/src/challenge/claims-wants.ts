/** What a claims challenge wants of the next sign-in. */
export interface ClaimsWants {
  /** Ids of Conditional Access policies (`capolids`). */
  readonly policyIds: readonly string[];
  /** Authentication contexts (`acrs`), such as `c1`, or `p1` for the multi-factor authentication of Azure. */
  readonly contexts: readonly string[];
}

const ID = /^[\w-]{1,64}$/;
const MOST = 50;

/** Reads the claims (JSON) of a challenge. What is no such thing wants nothing that is known by name. */
export function claimsWants(claims: string | undefined): ClaimsWants {
  const forToken = field(parse(claims ?? ''), 'access_token');
  return { policyIds: valuesOf(field(forToken, 'capolids')), contexts: valuesOf(field(forToken, 'acrs')) };
}

function valuesOf(claim: unknown): readonly string[] {
  const values = field(claim, 'values') ?? [field(claim, 'value')];
  const ids = Array.isArray(values) ? (values as unknown[]) : [];
  return ids.filter((id): id is string => typeof id === 'string' && ID.test(id)).slice(0, MOST);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
