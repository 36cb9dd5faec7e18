import { createHash } from 'node:crypto';

import type { Emulator, EmulatorSeed, SignInResult } from '@aml-auth/emulator';

import { postToken } from './emulated.js';

/** Client id of the Azure CLI, which every tenant has. */
export const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
export const AZURE_POWERSHELL = '1950a258-227b-4e31-a9cf-717495945fc2';
export const VERIFIER = 'a-verifier-that-is-long-enough-for-the-standard-0123';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
export const ARM_SCOPE = 'https://management.azure.com/.default';
export const REDIRECT = 'http://localhost:4321';

/** Two tenants whose users sign in to public and confidential applications. */
export const USER_SEED: EmulatorSeed = {
  tenants: [
    {
      name: 'contoso',
      users: [
        { upn: 'alice@contoso', name: 'Alice Example', password: 'Alice<&"1' },
        { upn: 'bob@contoso', password: 'bob-2', mfa: 'registered' },
        { upn: 'ghost@contoso' },
      ],
      groups: [{ name: 'data-science', members: ['alice@contoso'] }],
      apps: [
        { name: 'notebook', public: true },
        { name: 'everywhere', public: true, multiTenant: true, redirectUris: [REDIRECT] },
        {
          name: 'portal',
          secrets: [{ value: 'portal-secret' }],
          redirectUris: ['https://portal.example/callback', 'http://localhost/cb'],
        },
        { name: 'api', secrets: [{ value: 'api-secret' }] },
      ],
    },
    { name: 'fabrikam', users: [{ upn: 'carol@fabrikam', password: 'carol-3' }] },
  ],
  subscriptions: [
    {
      name: 'dev',
      tenant: 'contoso',
      resourceGroups: [{ name: 'rg-ml', workspaces: [{ name: 'ws1' }] }],
    },
  ],
  roleAssignments: [{ principal: 'group:data-science', role: 'Reader', scope: '/dev/rg-ml' }],
};

/** The URL with which a client opens a browser; fields of value undefined are left out. */
export function authorizeUrl(
  emulator: Emulator,
  change: Record<string, string | undefined> = {},
  { tenant = emulator.tenant().id, path = 'oauth2/v2.0/authorize' } = {},
): string {
  const fields = {
    client_id: AZURE_CLI,
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope: `${ARM_SCOPE} openid profile offline_access`,
    state: 'st&te=1',
    nonce: 'n-1',
    client_info: '1',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...change,
  };
  return `${emulator.origin}/${tenant}/${path}?${query(fields)}`;
}

/** Redeems an authorization code. */
export function redeem(
  emulator: Emulator,
  code: string,
  change: Record<string, string | undefined> = {},
  options: Parameters<typeof postToken>[2] = {},
): Promise<Response> {
  const fields = {
    grant_type: 'authorization_code',
    client_id: AZURE_CLI,
    client_info: '1',
    code,
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
    ...change,
  };
  return postToken(emulator, defined(fields), options);
}

/** The fields of the answers to token requests for users; each test knows which of them its answer has. */
export interface UserTokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly client_info: string;
  readonly scope: string;
  readonly foci: string;
  readonly error: string;
  readonly suberror: string;
  readonly error_codes: readonly number[];
  readonly error_description: string;
}

/** The body of a token response. */
export async function tokensOf(response: Promise<Response>): Promise<UserTokens> {
  return (await (await response).json()) as UserTokens;
}

/** Signs a user in with the password grant. */
export function byPassword(
  emulator: Emulator,
  upn: string,
  change: Record<string, string | undefined> = {},
  options: Parameters<typeof postToken>[2] = {},
): Promise<UserTokens> {
  const { name, password = '' } = emulator.user(upn);
  const fields = {
    grant_type: 'password',
    client_id: AZURE_CLI,
    client_info: '1',
    username: name,
    password,
    scope: `${ARM_SCOPE} openid profile offline_access`,
    ...change,
  };
  return tokensOf(postToken(emulator, defined(fields), options));
}

/** Does what a browser would do at the end of a sign-in, over the network. */
export async function deliver({ method, url, fields }: SignInResult): Promise<Response> {
  return method === 'GET' ? fetch(url) : fetch(url, { method, body: new URLSearchParams(fields) });
}

function defined(fields: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function query(fields: Record<string, string | undefined>): string {
  return new URLSearchParams(defined(fields)).toString();
}
