import { expect, test } from 'vitest';

import { USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: USER_SEED });

test.each(['userrealm/alice@contoso.onmicrosoft.com', 'UserRealm/alice%40contoso.onmicrosoft.com'])(
  '/common/%s says that the domain is managed',
  async (path) => {
    const response = await emulated().fetch(`${emulated().origin}/common/${path}?api-version=1.0`);
    expect(await response.json()).toEqual({
      ver: '1.0',
      account_type: 'Managed',
      domain_name: 'contoso.onmicrosoft.com',
      cloud_instance_name: 'microsoftonline.com',
      cloud_audience_urn: 'urn:federation:MicrosoftOnline',
    });
  },
);

test('another domain is not known', async () => {
  const response = await emulated().fetch(`${emulated().origin}/common/userrealm/a@example.org`);
  expect(await response.json()).toMatchObject({ account_type: 'Unknown' });
});

test.each([
  ['a registered address', 'https://portal.example/callback', 302],
  ['an unknown address', 'https://evil.example/', 200],
  ['no address', '', 200],
])('signing out with %s', async (_, uri, status) => {
  const query = new URLSearchParams({ post_logout_redirect_uri: uri, state: 's' }).toString();
  const { fetch, origin, tenant } = emulated();
  for (const path of ['oauth2/v2.0/logout', 'oauth2/logout']) {
    const response = await fetch(`${origin}/${tenant().id}/${path}?${query}`, { redirect: 'manual' });
    expect(response.status).toBe(status);
    expect(response.headers.get('location')).toBe(status === 302 ? `${uri}?state=s` : null);
  }
});
