import type { AccessToken } from '@aml-auth/core';

/** What `adal-node` gives to the callbacks of its `AuthenticationContext`, for the flows of an application. */
export interface AdalTokenResponse {
  /** Always `Bearer`. */
  readonly tokenType: string;
  /** Seconds until the token expires. */
  readonly expiresIn: number;
  /** When the token stops working. */
  readonly expiresOn: Date;
  /** The resource that the token was asked for, without `/.default`. */
  readonly resource: string;
  /** A secret. */
  readonly accessToken: string;
  /** Always true, as there for every token that names its resource. */
  readonly isMRRT: boolean;
  /** The application's client id, where the context had one. */
  readonly _clientId?: string;
  /** The authority with its tenant, where the context had one. */
  readonly _authority?: string;
}

/** What the token itself does not say. */
export interface AdalTokenContext {
  /** The resource that the token was asked for, without `/.default`. */
  readonly resource: string;
  /** The application that the token was asked for by; given as `_clientId`. Default: left out. */
  readonly clientId?: string | undefined;
  /** Authority with tenant, such as `https://login.microsoftonline.com/contoso.com`. */
  readonly authority?: string | undefined;
  /** Wall time in milliseconds since the epoch. Default: now. */
  readonly now?: number | undefined;
}

/**
 * The token in the shape of `adal-node`, for code that was written for it. That package has had no
 * support since 2023.
 *
 * Unlike an {@link AccessToken}, the result shows its token when it is printed.
 */
export function toAdalTokenResponse(token: AccessToken, context: AdalTokenContext): AdalTokenResponse {
  const { resource, clientId, authority, now = Date.now() } = context;
  return {
    tokenType: token.tokenType,
    expiresIn: Math.max(0, Math.floor((token.expiresOnTimestamp - now) / 1000)),
    expiresOn: new Date(token.expiresOnTimestamp),
    resource,
    accessToken: token.token,
    isMRRT: true,
    ...(clientId === undefined ? {} : { _clientId: clientId }),
    ...(authority === undefined ? {} : { _authority: authority }),
  };
}
