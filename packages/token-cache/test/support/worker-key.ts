import type { TokenKey } from '@aml-auth/core';

/** A token key, made without the contract suites: processes of the tests start without vitest. */
export function tokenKey(change: Partial<TokenKey> = {}): TokenKey {
  return {
    authorityHost: 'https://login.microsoftonline.com',
    tenantId: '11111111-1111-1111-1111-111111111111',
    clientId: '22222222-2222-2222-2222-222222222222',
    fingerprint: 'fingerprint',
    scopes: ['scope'],
    claims: '',
    enableCae: false,
    tokenType: 'Bearer',
    ...change,
  };
}
