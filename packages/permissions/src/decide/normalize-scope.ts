/** Empty segments and dot segments do not occur in resource ids; as text they could climb out of a scope. */
const NOT_A_SCOPE = /\/(?:\.{0,2})(?:\/|$)/;

/**
 * The scope in lower case, without a trailing slash; `/` for the root. Undefined for a text that is
 * no resource id, so that it covers nothing and nothing covers it.
 */
export function normalizeScope(scope: string): string | undefined {
  const text = scope.trim().toLowerCase();
  if (text === '/') return text;
  const bare = text.endsWith('/') ? text.slice(0, -1) : text;
  return bare.startsWith('/') && !NOT_A_SCOPE.test(bare) ? bare : undefined;
}
