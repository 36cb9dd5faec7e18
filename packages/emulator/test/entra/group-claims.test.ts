import { startEmulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';

import { byPassword } from '../support/user-flows.js';

test.each([200, 201])('a user of %i groups', async (count) => {
  const groups = Array.from({ length: count }, (_, index) => ({ name: `g${index}`, members: ['a@contoso'] }));
  const emulator = await startEmulator({
    seed: { tenants: [{ name: 'contoso', users: [{ upn: 'a@contoso', password: 'p' }], groups }] },
  });
  const { access_token: token } = await byPassword(emulator, 'a@contoso');
  const claims = decodeJwt(token);
  await emulator.close();
  if (count === 200) {
    expect(claims['groups']).toHaveLength(200);
    return;
  }
  expect(claims).not.toHaveProperty('groups');
  expect(claims).toMatchObject({
    _claim_names: { groups: 'src1' },
    _claim_sources: {
      src1: {
        endpoint: `${emulator.origin}/graph/v1.0/users/${String(claims['oid'])}/getMemberObjects`,
      },
    },
  });
});
