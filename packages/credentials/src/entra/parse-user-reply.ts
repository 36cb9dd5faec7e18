import { AmlAuthError, isGuid, type StoredToken } from '@aml-auth/core';
import { parseTokenReply } from './parse-token-reply.js';

/** What the token endpoint gives a user. */
export interface UserReply {
  readonly token: StoredToken;
  /** Who signed in: object id and tenant of the account at home, the same in every tenant it visits. */
  readonly account: string;
  readonly refreshToken?: string | undefined;
}

const REFRESH_TOKEN = /^[\x21-\x7e]{1,65536}$/;

/**
 * Reads a successful reply to a request with `client_info=1`, which tells whose tokens these are.
 *
 * @param now - when the reply came, in milliseconds since the epoch
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` for anything else
 */
export function parseUserReply(body: unknown, now: number, from: string): UserReply {
  const token = parseTokenReply(body, now, from);
  const { client_info: info, refresh_token: refreshToken } = body as Record<string, unknown>;
  const account = accountIn(info);
  if (account === undefined) {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: `${from} did not say who signed in: client_info is missing or malformed.`,
      remedy: 'Check that the authority host is right and that no proxy answers in its place.',
    });
  }
  const usable = typeof refreshToken === 'string' && REFRESH_TOKEN.test(refreshToken);
  return { token, account, refreshToken: usable ? refreshToken : undefined };
}

function accountIn(info: unknown): string | undefined {
  if (typeof info !== 'string') return undefined;
  try {
    const value = JSON.parse(Buffer.from(info, 'base64url').toString()) as Record<string, unknown> | null;
    const [uid, utid] = [value?.['uid'], value?.['utid']];
    if (typeof uid !== 'string' || typeof utid !== 'string' || !isGuid(uid) || !isGuid(utid))
      return undefined;
    return `${uid}.${utid}`.toLowerCase();
  } catch {
    return undefined;
  }
}
