import { isAmlAuthError } from '@aml-auth/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { claimsParameter } from '../../src/entra/claims-parameter.js';
import { parseUserReply } from '../../src/entra/parse-user-reply.js';

const ID = '00000000-0000-0000-0000-00000000000A';
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const REPLY = {
  access_token: 'at',
  token_type: 'Bearer',
  expires_in: 60,
  refresh_token: 'rt',
  client_info: encoded({ uid: ID, utid: ID }),
};

it('tells the account and the refresh token', () => {
  expect(parseUserReply(REPLY, 0, 'x')).toMatchObject({
    account: `${ID}.${ID}`.toLowerCase(),
    refreshToken: 'rt',
  });
});

it('refuses a reply that does not say who signed in', () => {
  const info = fc.oneof(
    fc.anything(),
    fc.anything().map((value) => encoded(value ?? null)),
    fc.string(),
  );
  fc.assert(
    fc.property(info, (clientInfo) => {
      try {
        parseUserReply({ ...REPLY, client_info: clientInfo }, 0, 'x');
        return false;
      } catch (error) {
        return isAmlAuthError(error) && error.code === 'AML_RESPONSE_INVALID';
      }
    }),
  );
});

it('adds the capability to the claims that are there', () => {
  expect(claimsParameter('', false)).toBeUndefined();
  expect(claimsParameter('{"a":1}', false)).toBe('{"a":1}');
  expect(JSON.parse(claimsParameter('{"access_token":{"acrs":{}}}', true) ?? '')).toEqual({
    access_token: { acrs: {}, xms_cc: { values: ['cp1'] } },
  });
  expect(() => claimsParameter('[', false)).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
});
