import { describe, expect, test } from 'vitest';

import { postToken } from '../support/emulated.js';
import { ARM_SCOPE, tokensOf, USER_SEED, type UserTokens } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: USER_SEED });

const password = (
  tenant: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Partial<UserTokens>> => {
  const { name, password: secret = '' } = emulated().user('alice@contoso');
  const form = { grant_type: 'password', username: name, password: secret, scope: ARM_SCOPE, ...fields };
  return tokensOf(postToken(emulated(), form, { tenant, headers }));
};

describe.each(['common', 'organizations'])('at /%s', (tenant) => {
  test('an application of one tenant is refused, however it says who it is', async () => {
    const notebook = emulated().app('notebook').clientId;
    expect((await password(tenant, { client_id: notebook })).error_codes).toEqual([50194]);
    const { clientId, secret = '' } = emulated().app('portal');
    const form = { client_id: clientId, client_secret: secret };
    expect((await password(tenant, form)).error_codes).toEqual([50194]);
    const basic = Buffer.from(`${clientId}:${secret}`).toString('base64');
    const refused = await password(tenant, {}, { authorization: `Basic ${basic}` });
    expect(refused.error_codes).toEqual([50194]);
  });

  test('one for many tenants is let in', async () => {
    const tokens = await password(tenant, { client_id: emulated().app('everywhere').clientId });
    expect(tokens.access_token).toBeDefined();
  });
});

test('at its own tenant an application of one tenant is let in', async () => {
  const tokens = await password(emulated().tenant().id, { client_id: emulated().app('notebook').clientId });
  expect(tokens.access_token).toBeDefined();
});
