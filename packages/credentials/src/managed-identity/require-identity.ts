import { AmlAuthError } from '@aml-auth/core';
import type { JWTPayload } from 'jose';
import type { IdentitySelector } from './selector.js';

/** What the token must show. */
export interface ExpectedIdentity extends IdentitySelector {
  readonly neverAPerson?: boolean | undefined;
}

/**
 * Refuses a token that is for another identity than was asked for: some endpoints answer an unknown
 * id with the token of somebody else. A token that is no JWT cannot be looked into and passes.
 *
 * @throws {AmlAuthError} `AML_IDENTITY_MISMATCH`
 */
export async function requireIdentity(
  token: string,
  expected: ExpectedIdentity,
  from: string,
): Promise<void> {
  const { neverAPerson, ...selector } = expected;
  // Loaded only here: the import of the package stays light.
  const { decodeJwt } = await import('jose');
  const claims = claimsOf(token, decodeJwt);
  if (claims === undefined) return;
  if (neverAPerson === true && isPerson(claims)) throw mismatch(from, 'a managed identity', claims);
  const pairs: readonly (readonly [string, string | undefined, unknown])[] = [
    ['clientId', selector.clientId, claims['appid'] ?? claims['azp']],
    ['objectId', selector.objectId, claims['oid']],
    ['resourceId', selector.resourceId, claims['xms_mirid']],
  ];
  for (const [name, wanted, actual] of pairs) {
    if (wanted === undefined || (typeof actual === 'string' && actual.toLowerCase() === wanted.toLowerCase()))
      continue;
    throw mismatch(from, `${name} ${wanted}`, claims);
  }
}

function mismatch(from: string, wanted: string, claims: JWTPayload): AmlAuthError {
  const person = isPerson(claims);
  const whose = person ? 'a person' : 'another application';
  return new AmlAuthError({
    code: 'AML_IDENTITY_MISMATCH',
    message: `${from} gave the token of ${whose} instead of that of ${wanted}; it was not used.`,
    remedy: person
      ? 'Assign that managed identity to this resource, or correct the id; on a compute instance turn single sign-on off, which answers with the person it is assigned to.'
      : 'Assign that managed identity to this resource, or correct the id.',
  });
}

function isPerson(claims: JWTPayload): boolean {
  return claims['idtyp'] === 'user' || claims['scp'] !== undefined;
}

function claimsOf(token: string, decode: (jwt: string) => JWTPayload): JWTPayload | undefined {
  try {
    return decode(token);
  } catch {
    return undefined;
  }
}
