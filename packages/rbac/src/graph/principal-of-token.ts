import {
  AmlAuthError,
  defaultScope,
  identityOfToken,
  publicCloud,
  tokenClaims,
  type Cloud,
  type Credential,
} from '@aml-auth/core';

import type { Principal } from './principal.js';

/**
 * Whom an access token is for, from its claims: `oid`, `appid`, and whether a user stands behind it. Asks nobody;
 * the signature is not checked.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the token does not tell
 */
export function principalOfToken(token: string): Principal {
  const identity = identityOfToken(token);
  const objectId = identity?.objectId;
  if (identity === undefined || objectId === undefined) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The access token does not tell whose it is: it has no claim oid.',
      remedy: 'Give the object id and the type of the principal.',
    });
  }
  const claims = tokenClaims(token) ?? {};
  const text = (name: string): string | undefined =>
    typeof claims[name] === 'string' ? claims[name] : undefined;
  if (identity.kind === 'user') {
    const displayName = text('name');
    const userPrincipalName = text('upn') ?? text('unique_name');
    return {
      objectId,
      type: 'User',
      ...(displayName === undefined ? {} : { displayName }),
      ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
    };
  }
  const displayName = text('app_displayname');
  return {
    objectId,
    type: 'ServicePrincipal',
    ...(identity.clientId === undefined ? {} : { appId: identity.clientId }),
    ...(displayName === undefined ? {} : { displayName }),
    managedIdentity: identity.kind === 'managedIdentity',
  };
}

/** Where {@link callerPrincipal} signs in. */
export interface CallerPrincipalOptions {
  /** Default: the public cloud. */
  readonly cloud?: Cloud | undefined;
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Whom a credential signs in as, from the claims of a token for Azure Resource Manager. Needs no permission.
 *
 * @throws {AmlAuthError} what the credential throws; `AML_CONFIG_INVALID` where the token does not tell
 */
export async function callerPrincipal(
  credential: Credential,
  { cloud = publicCloud, signal }: CallerPrincipalOptions = {},
): Promise<Principal> {
  const scope = defaultScope(cloud.resourceManager.audience);
  const { token } = await credential.getToken(scope, signal === undefined ? {} : { abortSignal: signal });
  return principalOfToken(token);
}
