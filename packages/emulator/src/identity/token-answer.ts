import type { IssuedToken } from '../entra/sign-access-token.js';
import { jsonAnswer } from '../http/answer.js';

/** An answer that carries a token is never kept by anybody on its way. */
export function tokenAnswer(body: Readonly<Record<string, unknown>>): Response {
  return jsonAnswer(200, body, { 'cache-control': 'no-store' });
}

/** The body that most managed-identity endpoints give: the one of the v1 token endpoint, its numbers as texts. */
export function tokenBody(token: IssuedToken, resource: string): Record<string, unknown> {
  return {
    access_token: token.accessToken,
    expires_in: String(token.expiresIn),
    expires_on: String(token.expiresOn),
    ext_expires_in: String(token.expiresIn),
    not_before: String(token.notBefore),
    resource,
    token_type: 'Bearer',
  };
}
