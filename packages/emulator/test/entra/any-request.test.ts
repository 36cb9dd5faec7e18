import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ARM_SCOPE, AZURE_CLI, CHALLENGE, REDIRECT, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: USER_SEED });

const VALUES: Record<string, readonly string[]> = {
  client_id: [AZURE_CLI, 'x', ''],
  scope: [ARM_SCOPE, 'openid', 'User.Read openid', '//', 'a b'],
  resource: ['https://ml.azure.com', '/', '__proto__'],
  grant_type: ['password', 'refresh_token', 'authorization_code', 'device_code', 'client_credentials'],
  username: ['alice@contoso.onmicrosoft.com', '@', 'x'],
  password: ['Alice<&"1'],
  redirect_uri: [REDIRECT, 'urn:ietf:wg:oauth:2.0:oob', 'http://[', 'http://localhost:1/é'],
  response_type: ['code', 'token'],
  response_mode: ['query', 'fragment', 'form_post'],
  code_challenge: [CHALLENGE],
  code_challenge_method: ['S256', 'plain'],
  state: ['s', '\u0000', '\ud800'],
  prompt: ['none', 'login consent'],
  code: ['x'],
  device_code: ['x'],
  refresh_token: ['x'],
  assertion: ['a.b.c', 'eyJhbGciOiJub25lIn0.e30.'],
  claims: ['{}', '{', '{"access_token":null}'],
  ctx: ['x'],
  step: ['account'],
  user_code: ['ABCDEFGHJ'],
  post_logout_redirect_uri: ['http://localhost', 'x'],
};

const fields = fc
  .record(
    Object.fromEntries(
      Object.entries(VALUES).map(([name, known]) => [
        name,
        fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, fc.string({ unit: 'binary' })),
      ]),
    ),
    { requiredKeys: [] },
  )
  .map((record) => new URLSearchParams(record as Record<string, string>).toString());

const path = fc.constantFrom(
  'common/oauth2/v2.0/authorize',
  'organizations/oauth2/authorize',
  'contoso.onmicrosoft.com/oauth2/v2.0/token',
  'common/oauth2/token',
  'common/oauth2/v2.0/devicecode',
  'common/oauth2/devicecode',
  'common/oauth2/v2.0/logout',
  'common/login',
  'common/userrealm/x',
  'common/constructor',
  'constructor/__proto__',
  'devicelogin',
  '_emu/device-codes/x',
);

test('whatever is asked of the sign-in endpoints, the answer is never a failure of the emulator', async () => {
  const { fetch, origin } = emulated();
  await fc.assert(
    fc.asyncProperty(path, fields, fc.boolean(), async (where, text, posts) => {
      const type = 'application/x-www-form-urlencoded';
      const response = posts
        ? await fetch(`${origin}/${where}`, { method: 'POST', body: text, headers: { 'content-type': type } })
        : await fetch(`${origin}/${where}?${text}`);
      expect(response.status).toBeLessThan(500);
      const location = response.headers.get('location');
      if (location !== null) expect(location).toMatch(/^(http:\/\/localhost(:4321)?\/|urn:ietf:wg:oauth)/);
    }),
    { numRuns: 600 },
  );
});
