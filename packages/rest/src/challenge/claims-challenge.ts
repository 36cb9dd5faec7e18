import { parseChallenges } from './parse-challenges.js';

const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * The claims (JSON) that a service wants in the next token, or undefined where it asks for none.
 *
 * Services write them as base64 or base64url of UTF-8, some as plain JSON, with
 * `error="insufficient_claims"` (Microsoft identity platform, claims challenges) or, Azure Resource
 * Manager in places, `error="invalid_token"`. Of several challenges one with `insufficient_claims` goes
 * first. What cannot be read counts as no claims.
 */
export function claimsChallenge(headers: Pick<Headers, 'get'>): string | undefined {
  const bearer = parseChallenges(headers.get('www-authenticate') ?? '').filter(
    ({ scheme }) => scheme.toLowerCase() === 'bearer',
  );
  const rank = (error: string | undefined): number => (error === 'insufficient_claims' ? 0 : 1);
  return bearer
    .map(({ parameters }) => ({
      error: parameters.get('error'),
      claims: readClaims(parameters.get('claims')),
    }))
    .filter(({ claims }) => claims !== undefined)
    .sort((a, b) => rank(a.error) - rank(b.error))[0]?.claims;
}

function readClaims(text: string | undefined): string | undefined {
  const value = text?.trim() ?? '';
  const json = value.startsWith('{') ? value : decode(value);
  return json !== undefined && isObject(json) ? json : undefined;
}

function decode(value: string): string | undefined {
  if (!BASE64.test(value)) return undefined;
  try {
    const plain = atob(value.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
    const bytes = Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isObject(json: string): boolean {
  try {
    const value = JSON.parse(json) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
