import type { AccessToken } from '../access-token.js';
import type { Credential } from '../credential.js';
import { AmlAuthError } from '../errors.js';
import { parseGuid } from '../identifiers.js';
import { guarded } from './guarded.js';
import { identityOfToken, type ActualIdentity, type IdentityKind } from './identity-of-token.js';

/** Whose tokens may be released. What is left out is not compared; at least one thing must be there. */
export interface ExpectedIdentity {
  /** A person, an application, or a managed identity: what {@link identityOfToken} reads. */
  readonly kind?: IdentityKind | undefined;
  /** Tenant id (GUID). */
  readonly tenantId?: string | undefined;
  /** Application (client) id. */
  readonly clientId?: string | undefined;
  /** Object id of the user or service principal. */
  readonly objectId?: string | undefined;
  /** The resource in `aud`; a slash at its end does not matter. */
  readonly audience?: string | undefined;
}

/** Options of {@link expectIdentity} and {@link allowTenants}. */
export interface GuardOptions {
  /**
   * Releases tokens that cannot be read as well. Default `false`: what is not known to be right is
   * refused. Tokens of Azure Resource Manager and Azure Machine Learning can be read today.
   */
  readonly allowUnreadable?: boolean | undefined;
}

/**
 * The credential, except that a token for another identity is not released: `getToken` rejects with
 * `AML_IDENTITY_MISMATCH`, which stops a chain. The claims are read without a look at the signature: this
 * guards against the wrong identity by mistake, not against a forger.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an id that is no GUID, or where nothing is expected
 */
export function expectIdentity(
  credential: Credential,
  expected: ExpectedIdentity,
  options: GuardOptions = {},
): Credential {
  const wanted = parseExpected(expected);
  return guarded(credential, (token) => {
    const actual = readable(token, options);
    if (actual === undefined) return;
    for (const [name, value] of Object.entries(wanted) as [keyof ExpectedIdentity, string][]) {
      if (comparable(name, actual[name]) !== comparable(name, value)) {
        throw mismatch(`The token is for ${name} ${actual[name] ?? '(none)'}; ${name} ${value} was expected`);
      }
    }
  });
}

/**
 * The credential, except that only tokens of these tenants are released, whoever they are for.
 *
 * @param tenantIds - GUIDs
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an id that is no GUID, or an empty list
 */
export function allowTenants(
  credential: Credential,
  tenantIds: readonly string[],
  options: GuardOptions = {},
): Credential {
  const allowed = new Set(tenantIds.map((tenantId) => parseGuid(tenantId, 'tenantIds')));
  if (allowed.size === 0) throw nothingExpected('allowTenants() has no tenant.');
  return guarded(credential, (token) => {
    const actual = readable(token, options);
    if (actual === undefined || (actual.tenantId !== undefined && allowed.has(actual.tenantId))) return;
    throw mismatch(`The token is of tenant ${actual.tenantId ?? '(none)'}, which is not allowed`);
  });
}

function parseExpected(
  expected: ExpectedIdentity,
): Readonly<Partial<Record<keyof ExpectedIdentity, string>>> {
  const { kind, tenantId, clientId, objectId, audience } = expected;
  const wanted = {
    ...(kind === undefined ? {} : { kind }),
    ...(tenantId === undefined ? {} : { tenantId: parseGuid(tenantId, 'tenantId') }),
    ...(clientId === undefined ? {} : { clientId: parseGuid(clientId, 'clientId') }),
    ...(objectId === undefined ? {} : { objectId: parseGuid(objectId, 'objectId') }),
    ...(audience === undefined ? {} : { audience }),
  };
  if (Object.keys(wanted).length === 0) throw nothingExpected('expectIdentity() expects nothing.');
  return wanted;
}

function comparable(name: keyof ExpectedIdentity, value: string | undefined): string | undefined {
  return name === 'audience' ? value?.toLowerCase().replace(/\/+$/, '') : value;
}

function readable(
  { token }: AccessToken,
  { allowUnreadable = false }: GuardOptions,
): ActualIdentity | undefined {
  const actual = identityOfToken(token);
  if (actual !== undefined || allowUnreadable) return actual;
  throw mismatch('The token cannot be read, so that nobody knows whose it is');
}

function mismatch(what: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_IDENTITY_MISMATCH',
    message: `${what}; it was not used.`,
    remedy: 'Sign in as the expected identity, or correct what is expected.',
  });
}

function nothingExpected(message: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message,
    remedy: 'Give at least one of kind, tenantId, clientId, objectId and audience, or a tenant.',
  });
}
