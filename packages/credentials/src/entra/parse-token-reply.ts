import { AmlAuthError, type StoredToken } from '@aml-auth/core';

const MAX_TOKEN_LENGTH = 512 * 1024;
/** No token of Microsoft Entra ID lives longer than about a day; a week is surely a mistake. */
const MAX_LIFETIME_SECONDS = 7 * 24 * 3600;

/**
 * Reads a successful reply of the token endpoint (RFC 6749 section 5.1, with `refresh_in` of
 * Microsoft Entra ID). Numbers may be strings, as the v1 endpoint sends them.
 *
 * @param body - the parsed JSON
 * @param now - when the reply came, in milliseconds since the epoch; expiry is counted from here, so
 *   that a wrong clock on either side does not shorten or stretch the token's life
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` for anything else
 */
export function parseTokenReply(body: unknown, now: number, from: string): StoredToken {
  const reply = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const token = reply['access_token'];
  if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH || !/^[\x21-\x7e]+$/.test(token)) {
    throw invalid(from, 'access_token is missing or malformed');
  }
  const type = reply['token_type'];
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer')
    throw invalid(from, 'token_type is not Bearer');
  const lifetime = seconds(reply['expires_in']);
  if (lifetime === undefined || lifetime < 1) throw invalid(from, 'expires_in is not a number of seconds');
  const refreshIn = seconds(reply['refresh_in']);
  return {
    token,
    expiresOnTimestamp: now + lifetime * 1000,
    ...(refreshIn === undefined || refreshIn >= lifetime
      ? {}
      : { refreshAfterTimestamp: now + refreshIn * 1000 }),
  };
}

function seconds(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  const usable = typeof number === 'number' && Number.isFinite(number) && number >= 0;
  return usable && number <= MAX_LIFETIME_SECONDS ? number : undefined;
}

function invalid(from: string, problem: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `${from} answered with something that is not a token reply: ${problem}.`,
    remedy: 'Check that the authority host is right and that no proxy answers in its place.',
  });
}
