import { createHash } from 'node:crypto';
import type { StoredToken, TokenKey, TokenStore } from '@aml-auth/core';
import type { ManualClock } from '@aml-auth/core/testing';
import type { Closable } from '../contract-case.js';

/** A store under test. */
export interface TokenStoreSubject extends Closable {
  /** Empty. */
  readonly store: TokenStore;
  /** Another object over the same storage, as a second process would have. */
  readonly another?: TokenStore | undefined;
  /** The clock that the store was made with; without it the store lives by the clock of the machine. */
  readonly clock?: ManualClock | undefined;
}

/** A token key; each call gives an equal one. */
export function tokenKey(change: Partial<TokenKey> = {}): TokenKey {
  return {
    authorityHost: 'https://login.microsoftonline.com',
    tenantId: '11111111-1111-1111-1111-111111111111',
    clientId: '22222222-2222-2222-2222-222222222222',
    fingerprint: createHash('sha256').update('secret').digest('base64url'),
    scopes: ['https://ml.azure.com/.default'],
    claims: '',
    enableCae: false,
    tokenType: 'Bearer',
    ...change,
  };
}

/** A key for each field that differs from {@link tokenKey} in this field only. */
export const otherKeys: readonly (readonly [string, TokenKey])[] = [
  ['authorityHost', tokenKey({ authorityHost: 'https://login.microsoftonline.us' })],
  ['tenantId', tokenKey({ tenantId: '11111111-1111-1111-1111-111111111112' })],
  ['clientId', tokenKey({ clientId: '22222222-2222-2222-2222-222222222223' })],
  ['fingerprint', tokenKey({ fingerprint: 'other' })],
  ['scopes', tokenKey({ scopes: ['https://management.azure.com/.default'] })],
  ['scopes (more)', tokenKey({ scopes: ['https://ml.azure.com/.default', 'openid'] })],
  ['scopes (joined)', tokenKey({ scopes: ['https://ml.azure.com/.default openid'] })],
  ['claims', tokenKey({ claims: '{"access_token":{}}' })],
  ['enableCae', tokenKey({ enableCae: true })],
];

/** Wall time as the subject sees it, in milliseconds since the epoch. */
export function nowOf({ clock }: TokenStoreSubject): number {
  return clock?.now() ?? Date.now();
}

/** A token that is good for an hour. */
export function storedToken(subject: TokenStoreSubject, token = 'token-1'): StoredToken {
  return { token, expiresOnTimestamp: nowOf(subject) + 3_600_000 };
}
