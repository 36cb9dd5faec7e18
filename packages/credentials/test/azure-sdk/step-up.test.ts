import type { Credential } from '@aml-auth/core';
import { fromBrowser, fromClientSecret } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createEmptyPipeline,
  createPipelineRequest,
} from '@azure/core-rest-pipeline';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { personInBrowser } from '../support/browser-stand-in.js';

let emulator: Emulator;
/** The claims that each browser was opened with. */
let opened: unknown[];
beforeEach(async () => {
  opened = [];
  emulator = await startEmulator({
    seed: {
      tenants: [
        {
          name: 'contoso',
          users: [{ upn: 'bob@contoso', password: 'Pa55w0rd!', mfa: 'registered' }],
          apps: [{ name: 'robot', secrets: [{ value: 'robot-secret' }] }],
          stepUp: [
            {
              service: 'arm',
              context: 'c2',
              operations: ['Microsoft.Resources/subscriptions/resourceGroups/write'],
            },
          ],
          conditionalAccess: [
            { name: 'protected actions', users: ['all'], apps: ['context:c2'], grant: 'mfa' },
          ],
        },
      ],
      subscriptions: [{ name: 'dev', resourceGroups: [{ name: 'rg', location: 'westeurope' }] }],
      roleAssignments: [
        { principal: 'user:bob@contoso', role: 'Owner', scope: '/dev' },
        { principal: 'app:robot', role: 'Owner', scope: '/dev' },
      ],
    },
  });
  trustEmulator(emulator);
});
afterEach(() => emulator.close());

function bob(): Credential {
  const person = personInBrowser(emulator, 'bob@contoso');
  return fromBrowser({
    cloud: emulator.cloud,
    tenantId: emulator.tenant().id,
    openBrowser(url) {
      const claims = new URL(url).searchParams.get('claims');
      opened.push(claims === null ? undefined : JSON.parse(claims));
      return person(url);
    },
  });
}

/** Reads or writes a resource group, as clients of Azure do. */
function groups(credential: Credential): (method: 'GET' | 'PUT') => Promise<number> {
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${emulator.origin}/.default` }));
  const url = `${emulator.origin}/subscriptions/${emulator.subscription('dev').id}/resourceGroups/rg?api-version=2022-12-01`;
  return async (method) => {
    const body = method === 'PUT' ? JSON.stringify({ location: 'westeurope' }) : undefined;
    const request = createPipelineRequest({ url, method, ...(body === undefined ? {} : { body }) });
    request.headers.set('content-type', 'application/json');
    return (await pipeline.sendRequest(createDefaultHttpClient(), request)).status;
  };
}

/** The claims of token requests since then, without the client's own capability. */
function claimsSince(count: number): unknown[] {
  return emulator.requests
    .slice(count)
    .filter(({ method, path }) => method === 'POST' && path.includes('/oauth2/v2.0/token'))
    .map(
      ({ form }) =>
        (JSON.parse(form?.['claims'] ?? '{}') as { access_token?: { acrs?: unknown } }).access_token?.acrs,
    );
}

const C2 = { essential: true, value: 'c2' };

describe('an operation that wants more than the sign-in so far', () => {
  it('gets it from the session where that suffices, and nobody is asked', async () => {
    const credential = bob();
    const call = groups(credential);
    expect(await call('GET')).toBe(200);
    const before = emulator.requests.length;
    expect(await call('PUT')).toBe(200);
    expect(claimsSince(before)).toEqual([C2]);
    expect(opened).toHaveLength(1);
    const { token } = await credential.getToken(`${emulator.origin}/.default`, { enableCae: true });
    expect(decodeJwt(token)['acrs']).toContain('c2');
    // The token that has it serves the next calls, of either kind.
    expect([await call('PUT'), await call('GET')]).toEqual([200, 200]);
    expect(claimsSince(before)).toEqual([C2]);
  });

  it('gets it from the person where the session has ended, who is asked with what is wanted', async () => {
    const call = groups(bob());
    await call('GET');
    emulator.revokeRefreshTokens('bob@contoso');
    expect(await call('PUT')).toBe(200);
    expect(opened).toMatchObject([{}, { access_token: { acrs: C2, xms_cc: { values: ['cp1'] } } }]);
  });

  it('is open to applications, which no policy of this kind concerns', async () => {
    const { tenantId, clientId, secret: clientSecret = '' } = emulator.app('robot');
    const robot = fromClientSecret({ tenantId, clientId, clientSecret, cloud: emulator.cloud });
    expect(await groups(robot)('PUT')).toBe(200);
  });
});
