import { expect, test } from 'vitest';

import { ARM, ask, hostsSeed, readAs, type HostAnswer } from '../../support/hosts.js';
import { withEmulator } from '../../support/with-emulator.js';

const emulated = withEmulator({ seed: hostsSeed });

function token(fields: Record<string, string>, headers = { Metadata: 'true' }): Promise<HostAnswer> {
  const { MSI_ENDPOINT } = emulated().host('cloud-shell').env;
  return ask(emulated(), MSI_ENDPOINT, {}, { method: 'POST', headers, body: new URLSearchParams(fields) });
}

test('the token is that of the person', async () => {
  const { body, claims } = await token({ resource: ARM });
  expect(body).toMatchObject({ expires_in: '3599', expires_on: String(claims.exp), resource: ARM });
  expect(claims).toMatchObject({ upn: emulated().user('alice@contoso').name, scp: 'user_impersonation' });
  expect(await readAs(emulated(), body['access_token'], emulated().workspace('ws1').id)).toBe(200);
});

test.each<[string, Record<string, string>, Record<string, string>, string]>([
  ['no header', { resource: ARM }, {}, 'bad_request_102'],
  ['no resource', {}, { Metadata: 'true' }, 'invalid_request'],
  ['an unknown resource', { resource: 'https://x' }, { Metadata: 'true' }, 'invalid_resource'],
])('%s is refused', async (_, fields, headers, code) => {
  const { status, body } = await token(fields, headers as { Metadata: string });
  expect(status).toBe(400);
  expect(body).toEqual({ error: { code, message: expect.any(String) as string } });
});

test('only POST is answered', async () => {
  const { MSI_ENDPOINT } = emulated().host('cloud-shell').env;
  expect((await ask(emulated(), MSI_ENDPOINT, { resource: ARM })).status).toBe(405);
});
