import { AmlAuthError } from './errors.js';

const GUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const TENANT = /^[\da-z](?:[\da-z-]*[\da-z])?(?:\.[\da-z](?:[\da-z-]*[\da-z])?)*$/i;
const SCOPE = /^[\w\-.:/]{1,2048}$/;
const MAX_SCOPES = 100;

/** True for a GUID in its usual 8-4-4-4-12 form, upper or lower case. */
export function isGuid(value: string): boolean {
  return GUID.test(value);
}

/**
 * The GUID in lower case, so that equal ids share one cache entry.
 *
 * @param name - what the value is, for the error: `clientId`
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseGuid(value: unknown, name: string): string {
  if (typeof value === 'string' && isGuid(value)) return value.toLowerCase();
  throw invalid(name, value, 'is not a GUID', `Give ${name} as 00000000-0000-0000-0000-000000000000.`);
}

/**
 * A tenant id (GUID) or one of the tenant's domain names, in lower case.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseTenantId(value: unknown, name = 'tenantId'): string {
  if (typeof value === 'string' && value.length <= 253 && TENANT.test(value)) return value.toLowerCase();
  throw invalid(
    name,
    value,
    'is neither a tenant id nor a domain name',
    `Give ${name} as a GUID or as a domain such as contoso.onmicrosoft.com.`,
  );
}

/**
 * Scopes as a sorted list without duplicates.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where there is none, or one has a character that no scope has
 */
export function parseScopes(value: string | readonly string[]): readonly string[] {
  const scopes: readonly unknown[] = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
  const remedy = 'Give a scope such as https://ml.azure.com/.default.';
  if (scopes.length === 0 || scopes.length > MAX_SCOPES) {
    throw invalid('scopes', value, 'is not a list of 1 to 100 scopes', remedy);
  }
  for (const scope of scopes) {
    if (typeof scope !== 'string' || !SCOPE.test(scope))
      throw invalid('scope', scope, 'is not a scope', remedy);
  }
  return [...new Set(scopes as readonly string[])].sort();
}

/**
 * The scope that asks for all permissions of a resource: `https://ml.azure.com` →
 * `https://ml.azure.com/.default`. A slash at the resource's end stays, which leads to two of them:
 * the token's audience is the resource as it was asked for, slash included
 * ([Microsoft identity platform, "Trailing slash and .default"](https://learn.microsoft.com/entra/identity-platform/scopes-oidc#trailing-slash-and-default)).
 */
export function defaultScope(resource: string): string {
  return `${resource}/.default`;
}

/** An `AML_CONFIG_INVALID` error that names the value, shortened and printable. */
function invalid(name: string, value: unknown, problem: string, remedy: string): AmlAuthError {
  const shown = typeof value === 'string' ? JSON.stringify(shorten(value)) : typeof value;
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message: `${name} ${shown} ${problem}.`, remedy });
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
