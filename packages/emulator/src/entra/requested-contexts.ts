import { isObject } from '../core/json.js';

/** `c1` to `c99` are those of a tenant; `p1` is the second factor that Azure asks for writes. */
const CONTEXT = /^(?:c[1-9]\d?|p1)$/;

/**
 * The authentication contexts that a `claims` parameter asks for (OpenID Connect Core, section 5.5), as in
 * `{"access_token":{"acrs":{"essential":true,"value":"c1"}}}`. What is no context is left out.
 */
export function requestedContexts(claims: string | null): readonly string[] {
  const wanted = readClaims(claims);
  const { value, values } = isObject(wanted) ? wanted : {};
  const all = [value, ...(Array.isArray(values) ? (values as readonly unknown[]) : [])];
  const names = all.filter((name) => typeof name === 'string').map((name) => name.toLowerCase());
  return [...new Set(names)].filter((name) => CONTEXT.test(name));
}

function readClaims(claims: string | null): unknown {
  try {
    const parsed: unknown = JSON.parse(claims ?? 'null');
    const token = isObject(parsed) ? parsed['access_token'] : undefined;
    return isObject(token) ? token['acrs'] : undefined;
  } catch {
    return undefined;
  }
}
