import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { TokenRequest } from '@aml-auth/core';
import { claimsParameter } from '../entra/claims-parameter.js';
import type { SignInSubject } from '../entra/entra-error.js';
import { userScope } from '../lib/user-session.js';

/** What binds one answer to one request. All are secrets until the sign-in is over. */
export interface SignInProof {
  /** RFC 6749 section 10.12. */
  readonly state: string;
  /** OpenID Connect Core section 3.1.2.1. */
  readonly nonce: string;
  /** RFC 7636. */
  readonly codeVerifier: string;
}

/** How a person is asked on the pages of Microsoft Entra ID. */
export interface SignInWishes {
  /** `select_account` shows all accounts, `login` asks for the password again, `consent` for consent. */
  readonly prompt?: 'select_account' | 'login' | 'consent' | undefined;
  /** The user name that is filled in. */
  readonly loginHint?: string | undefined;
}

/** New values of 256 bits each. */
export function makeProof(): SignInProof {
  const random = (): string => randomBytes(32).toString('base64url');
  return { state: random(), nonce: random(), codeVerifier: random() };
}

/**
 * The address that the browser opens: an authorization request of
 * [RFC 6749 section 4.1.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1) with PKCE (S256) and
 * `response_mode=form_post`.
 */
export function authorizeUrl(
  { authorityHost, tenantId, clientId }: SignInSubject,
  request: TokenRequest,
  redirectUri: string,
  { state, nonce, codeVerifier }: SignInProof,
  { prompt, loginHint }: SignInWishes,
): string {
  const url = new URL(`${authorityHost}/${tenantId}/oauth2/v2.0/authorize`);
  const fields: Record<string, string | undefined> = {
    client_id: clientId,
    scope: userScope(request),
    redirect_uri: redirectUri,
    response_type: 'code',
    response_mode: 'form_post',
    client_info: '1',
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
    nonce,
    prompt,
    login_hint: loginHint,
    claims: claimsParameter(request.claims, request.enableCae),
    'client-request-id': randomUUID(),
  };
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}
