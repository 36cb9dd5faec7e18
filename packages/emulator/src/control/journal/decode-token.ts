import { isObject, parseJson } from '../../core/json.js';
import type { DecodedToken } from '../../core/exchange.js';

/** The bearer token of an `Authorization` header as it reads; undefined where it is no JSON Web Token. */
export function decodeBearer(authorization: string | null): DecodedToken | undefined {
  const token = /^bearer\s+(\S+)$/i.exec(authorization?.trim() ?? '')?.[1];
  return token === undefined ? undefined : decodeToken(token);
}

/** Header and claims of a JSON Web Token, not verified; its signature is left out. */
export function decodeToken(token: string): DecodedToken | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const [header, claims] = parts.slice(0, 2).map(readPart);
  return isObject(header) && isObject(claims) ? { header, claims } : undefined;
}

function readPart(part: string): unknown {
  try {
    return parseJson(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}
