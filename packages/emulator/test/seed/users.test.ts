import { parseSeed, startEmulator, type SeedApp } from '@aml-auth/emulator';
import { expect, test } from 'vitest';

function message(user: Record<string, unknown>, app: Partial<SeedApp> = {}): string {
  try {
    parseSeed({
      tenants: [{ name: 'a', users: [{ upn: 'x@a', ...user }], apps: [{ name: 'b', ...app }] }],
    });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

test('a user has a password and a second factor, or none', () => {
  expect(message({ password: 'p', mfa: 'registered' }, { public: true })).toBe('');
  expect(message({ password: '' })).toContain('tenants[0].users[0].password');
  expect(message({ mfa: 'sms', password: 'hunter2' })).toContain('tenants[0].users[0].mfa');
  expect(message({ mfa: 'sms', password: 'hunter2' })).not.toContain('hunter2');
});

test.each([
  'http://localhost',
  'https://a.example/b?c=d',
  'urn:ietf:wg:oauth:2.0:oob',
  'msal1234://auth',
  'http://[::1]:80/x',
])('%s is a redirect URI', (uri) => {
  expect(message({}, { redirectUris: [uri] })).toBe('');
});

test.each(['', '/callback', 'localhost', 'https://a.example/#b', 'javascript:alert(1)', 'DATA:text/html,x'])(
  '%j is none',
  (uri) => {
    expect(message({}, { redirectUris: [uri] })).toContain('tenants[0].apps[0].redirectUris[0]: not a');
  },
);

test('the password of the seed is at hand; the state has its hash only', async () => {
  const emulator = await startEmulator();
  expect(emulator.user('alice@contoso').password).toBe('alice-password-of-the-emulator');
  expect(JSON.stringify(emulator.snapshot())).not.toContain('password-of-the-emulator');
  await emulator.close();
});
