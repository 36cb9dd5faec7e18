import type { createExternalIssuer, EmulatorSeed, SeedGraphPolicy, SeedUser } from '@aml-auth/emulator';

/** The other identity provider of the seed. */
export const ISSUER = 'https://token.actions.githubusercontent.com';

type Issuer = Awaited<ReturnType<typeof createExternalIssuer>>;

const wants = (displayName: string, user: string, control: Record<string, unknown>): SeedGraphPolicy => ({
  displayName,
  state: 'enabled',
  conditions: {
    users: { includeUsers: [USER_IDS[user]] },
    applications: { includeApplications: ['All'] },
  },
  grantControls: { operator: 'AND', ...control },
});

const USER_IDS: Readonly<Record<string, string>> = {
  joined: '00000000-0000-4000-8000-000000000001',
  challenged: '00000000-0000-4000-8000-000000000002',
};

const user = (name: string, more: Partial<SeedUser> = {}): SeedUser => ({
  upn: `${name}@contoso`,
  password: `${name}-password`,
  ...more,
});

/** A tenant in which every error has its situation. */
export function aadstsSeed(issuer: Issuer): EmulatorSeed {
  return {
    tenants: [
      {
        name: 'contoso',
        users: [
          user('alice'),
          user('factor', { mfa: 'registered' }),
          user('unenrolled'),
          user('hourly'),
          user('uncompliant'),
          user('blocked'),
          user('joined', { id: USER_IDS['joined'] }),
          user('challenged', { id: USER_IDS['challenged'] }),
          user('locked', { state: 'locked' }),
          user('disabled', { state: 'disabled' }),
          user('expired', { state: 'password-expired' }),
        ],
        apps: [
          { name: 'trainer', secrets: [{ value: 'right' }, { value: 'old', expires: '-1d' }] },
          { name: 'certified', certificates: ['generate'] },
          { name: 'other', certificates: ['generate'] },
          { name: 'ci', federated: [{ issuer: issuer.issuer, subject: 'repo:o/r:ref:refs/heads/main' }] },
          { name: 'notebook', public: true },
          { name: 'page', public: true, redirectUris: [], spaRedirectUris: ['https://page.example/'] },
          { name: 'gated', public: true, assignedTo: [] },
          { name: 'api', secrets: [{ value: 'api' }] },
        ],
        conditionalAccess: [
          { name: 'mfa', users: ['factor@contoso', 'unenrolled@contoso'], apps: ['arm'], grant: 'mfa' },
          { name: 'hourly', users: ['hourly@contoso'], apps: ['all'], signInFrequency: '1h' },
          { name: 'device', users: ['uncompliant@contoso'], apps: ['all'], grant: 'compliantDevice' },
          { name: 'nothing', users: ['blocked@contoso'], apps: ['all'], grant: 'block' },
          wants('domain', 'joined', { builtInControls: ['domainJoinedDevice'] }),
          wants('external', 'challenged', { customAuthenticationFactors: ['Duo'] }),
        ],
      },
      { name: 'fabrikam', users: [{ upn: 'carol@fabrikam', password: 'carol' }] },
    ],
    issuers: [{ issuer: issuer.issuer, keys: issuer.jwks }],
  };
}
