import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as z from 'zod';

/** A client assertion (RFC 7523, section 3) before anything of it is checked. */
export interface Assertion {
  /** The token itself. */
  readonly jwt: string;
  readonly algorithm: string;
  readonly type: string | undefined;
  readonly keyId: string | undefined;
  /** `x5t` and `x5t#S256` in hexadecimal; empty where the text is no thumbprint. */
  readonly thumbprint: string | undefined;
  readonly thumbprintSha256: string | undefined;
  /** Claims that are missing are empty. */
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  /** Milliseconds since the epoch; 0 where the claim is missing, as is `expiresAt`. */
  readonly notBefore: number;
  readonly expiresAt: number;
}

/** Farthest time that a `Date` can hold, in seconds. */
const FARTHEST = 8_640_000_000_000;

/** MSAL for Python sends fractions. */
const seconds = z.number().min(-FARTHEST).max(FARTHEST).optional();
const text = z.string().optional();

const headerSchema = z.object({
  alg: z.string(),
  typ: text,
  kid: text,
  x5t: text,
  'x5t#S256': text,
});

const claimsSchema = z.object({
  iss: text,
  sub: text,
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  exp: seconds,
  nbf: seconds,
  iat: seconds,
});

/** Takes a compact JWT apart; undefined where it is none, or a claim is of the wrong type. */
export function readAssertion(jwt: string): Assertion | undefined {
  try {
    const header = headerSchema.parse(decodeProtectedHeader(jwt));
    const { iss = '', sub = '', aud = [], exp = 0, nbf = 0 } = claimsSchema.parse(decodeJwt(jwt));
    return {
      jwt,
      algorithm: header.alg,
      type: header.typ,
      keyId: header.kid,
      thumbprint: hexOf(header.x5t, 20),
      thumbprintSha256: hexOf(header['x5t#S256'], 32),
      issuer: iss,
      subject: sub,
      audiences: typeof aud === 'string' ? [aud] : aud,
      notBefore: nbf * 1000,
      expiresAt: exp * 1000,
    };
  } catch {
    return undefined;
  }
}

/** Base64url, with or without padding: clients differ. */
function hexOf(thumbprint: string | undefined, length: number): string | undefined {
  if (thumbprint === undefined) return undefined;
  if (!/^[\w-]+={0,2}$/.test(thumbprint)) return '';
  const bytes = Buffer.from(thumbprint, 'base64url');
  return bytes.length === length ? bytes.toString('hex').toUpperCase() : '';
}
