import type { EmulatorSeed } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';

import { postToken, tokenOf } from '../support/emulated.js';
import {
  ARM_SCOPE,
  authorizeUrl,
  AZURE_CLI,
  byPassword,
  redeem,
  tokensOf,
  USER_SEED,
} from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const [contoso, ...others] = USER_SEED.tenants;
const seed: EmulatorSeed = {
  ...USER_SEED,
  tenants: [
    {
      ...contoso!,
      users: [
        ...contoso!.users!,
        { upn: 'admin@contoso', password: 'admin', mfa: 'registered', roles: ['Global Administrator'] },
      ],
      stepUp: [
        { service: 'arm', context: 'p1' },
        {
          service: 'arm',
          context: 'c2',
          operations: ['Microsoft.MachineLearningServices/workspaces/delete'],
        },
        { service: 'graph', context: 'c1', operations: ['policy.write'] },
      ],
      conditionalAccess: [
        { name: 'protected actions', users: ['all'], apps: ['context:c1', 'context:c2'], grant: 'mfa' },
      ],
    },
    ...others,
  ],
  roleAssignments: [
    { principal: 'user:alice@contoso', role: 'Owner', scope: '/dev' },
    { principal: 'user:bob@contoso', role: 'Owner', scope: '/dev' },
    { principal: 'app:portal', role: 'Owner', scope: '/dev' },
  ],
};
const emulated = withEmulator({ seed });

const CP1 = { xms_cc: { values: ['cp1'] } };
const claimsOf = (...parts: object[]): string =>
  JSON.stringify({ access_token: Object.assign({}, ...parts) as object });

/** A token of a sign-in on the pages, which go as far as the claims want. */
async function interactive(upn: string, claims: string): Promise<string> {
  const url = authorizeUrl(emulated(), { claims });
  const { fields } = await emulated().signIn({ upn, url });
  return (await tokensOf(redeem(emulated(), fields['code']!, { claims }))).access_token;
}

const withPassword = async (upn: string, change: Record<string, string> = {}): Promise<string> =>
  (await byPassword(emulated(), upn, { claims: claimsOf(CP1), ...change })).access_token;

const arm = (token: string, method: string, path = '/resourceGroups/rg-new'): Promise<Response> => {
  const { origin, subscription, fetch } = emulated();
  return fetch(`${origin}/subscriptions/${subscription('dev').id}${path}?api-version=2022-12-01`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(method === 'PUT' ? { body: JSON.stringify({ location: 'westeurope' }) } : {}),
  });
};

function challenged(response: Response): unknown {
  const header = response.headers.get('www-authenticate') ?? '';
  expect(header).toContain('error="insufficient_claims"');
  return JSON.parse(Buffer.from(/claims="([^"]+)"/.exec(header)![1]!, 'base64').toString());
}

describe('Azure Resource Manager wants a second factor for writes', () => {
  test('and says with which claims, while reads pass', async () => {
    const token = await withPassword('bob@contoso');
    expect((await arm(token, 'GET', '/resourceGroups')).status).toBe(200);
    const refused = await arm(token, 'PUT');
    expect(refused.status).toBe(401);
    expect(challenged(refused)).toEqual({ access_token: { acrs: { essential: true, values: ['p1'] } } });
  });

  test('which the sign-in with these claims has', async () => {
    const token = await interactive(
      'bob@contoso',
      claimsOf(CP1, { acrs: { essential: true, values: ['p1'] } }),
    );
    expect(decodeJwt(token)['acrs']).toEqual(['p1']);
    expect((await arm(token, 'PUT')).status).toBe(201);
  });

  test('and leaves applications alone', async () => {
    expect((await arm(await tokenOf(emulated(), 'portal'), 'PUT')).status).toBe(201);
  });

  test('clients that take no challenges get a plain refusal', async () => {
    const refused = await arm((await byPassword(emulated(), 'bob@contoso')).access_token, 'PUT');
    expect(refused.status).toBe(403);
    expect(refused.headers.has('www-authenticate')).toBe(false);
    expect(refused.headers.get('x-ms-error-code')).toBe('RequestDisallowedByAzure');
  });
});

describe('an authentication context', () => {
  test('is demanded by Azure for the operation that it protects', async () => {
    const token = await interactive('bob@contoso', claimsOf(CP1));
    const { id } = emulated().workspace('ws1');
    const path = id.replace(/^\/subscriptions\/[^/]+/, '');
    const refused = await arm(token, 'DELETE', path);
    expect(refused.status).toBe(401);
    const challenge = challenged(refused) as { access_token: object };
    expect(challenge).toEqual({ access_token: { acrs: { essential: true, value: 'c2' } } });
    const again = await interactive('bob@contoso', claimsOf(CP1, challenge.access_token));
    expect(decodeJwt(again)['acrs']).toEqual(['c2', 'p1']);
    expect((await arm(again, 'DELETE', path)).status).not.toBe(401);
  });

  test('is demanded by Microsoft Graph of administrators', async () => {
    const scope = 'https://graph.microsoft.com/.default';
    const post = (token: string): Promise<Response> =>
      emulated().fetch(`${emulated().origin}/graph/v1.0/identity/conditionalAccess/policies`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: '{}',
      });
    const refused = await post(await withPassword('admin@contoso', { scope }));
    expect(refused.status).toBe(401);
    expect(challenged(refused)).toEqual({ access_token: { acrs: { essential: true, value: 'c1' } } });
    const claims = claimsOf(CP1, { acrs: { essential: true, value: 'c1' } });
    const { fields } = await emulated().signIn({
      upn: 'admin@contoso',
      url: authorizeUrl(emulated(), { claims, scope }),
    });
    const { access_token: token } = await tokensOf(redeem(emulated(), fields['code']!));
    expect(decodeJwt(token)['acrs']).toEqual(['c1']);
    expect((await post(token)).status).toBe(400);
  });

  test('keeps out whom its policy keeps out, and names the policy', async () => {
    const claims = claimsOf({ acrs: { essential: true, value: 'c1' } });
    const refused = await byPassword(emulated(), 'bob@contoso', { claims });
    expect(refused).toMatchObject({ error_codes: [50076], error: 'interaction_required' });
    expect((refused as unknown as { claims: string }).claims).toContain('capolids');
    expect(await byPassword(emulated(), 'bob@contoso')).toHaveProperty('access_token');
    const url = authorizeUrl(emulated(), { claims });
    await expect(emulated().signIn({ upn: 'alice@contoso', url })).rejects.toThrow(/AADSTS50079/);
  });

  test('without a policy is satisfied by everybody; what is no context is not in the token', async () => {
    const claims = claimsOf({ acrs: { essential: true, values: ['c9', 'C5', 'x', 7] } });
    const { access_token: token } = await byPassword(emulated(), 'alice@contoso', { claims });
    expect(decodeJwt(token)['acrs']).toEqual(['c9', 'c5']);
  });

  test('stays in the tokens that are refreshed', async () => {
    const claims = claimsOf({ acrs: { essential: true, value: 'c1' } });
    const { fields } = await emulated().signIn({
      upn: 'bob@contoso',
      url: authorizeUrl(emulated(), { claims }),
    });
    const { refresh_token: refresh } = await tokensOf(redeem(emulated(), fields['code']!));
    const form = {
      grant_type: 'refresh_token',
      client_id: AZURE_CLI,
      refresh_token: refresh,
      scope: ARM_SCOPE,
    };
    const { access_token: token } = await tokensOf(postToken(emulated(), form));
    expect(decodeJwt(token)['acrs']).toEqual(['c1', 'p1']);
  });
});
