import type { Credential } from '@aml-auth/core';
import { fromClientCertificate, fromClientSecret, fromManagedIdentity } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { AzureMachineLearningWorkspaces as MachineLearningClient } from '@azure/arm-machinelearning';
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createEmptyPipeline,
  createPipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      tenants: [
        {
          name: 'contoso',
          apps: [{ name: 'trainer', secrets: [{ value: 'dev-secret' }], certificates: ['generate'] }],
        },
      ],
      subscriptions: [
        {
          name: 'dev',
          resourceGroups: [
            {
              name: 'rg-ml',
              location: 'westeurope',
              identities: [{ name: 'id-cluster' }],
              workspaces: [{ name: 'ws1', computes: [{ name: 'cpu', identity: 'id-cluster' }] }],
            },
          ],
        },
      ],
      roleAssignments: [
        { principal: 'app:trainer', role: 'Reader', scope: '/dev' },
        { principal: 'identity:id-cluster', role: 'Reader', scope: '/dev' },
      ],
    },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

const secret = (): Credential => {
  const { tenantId, clientId, secret: clientSecret = '' } = emulator.app('trainer');
  return fromClientSecret({ tenantId, clientId, clientSecret, cloud: emulator.cloud });
};

/** What the emulator was asked since then, as `METHOD last-part status`. */
function since(count: number): string[] {
  return emulator.requests
    .slice(count)
    .map(({ method, path, status }) => `${method} ${path.split('?')[0]?.split('/').at(-1) ?? ''} ${status}`);
}

describe('the bearer policy of @azure/core-rest-pipeline', () => {
  function client(credential: Credential): (path: string) => Promise<PipelineResponse> {
    const pipeline = createEmptyPipeline();
    const scopes = `${emulator.origin}/.default`;
    pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes }));
    const http = createDefaultHttpClient();
    return (path) => pipeline.sendRequest(http, createPipelineRequest({ url: `${emulator.origin}${path}` }));
  }
  const workspace = () => `${emulator.workspace('ws1').id}?api-version=2024-10-01`;

  it('takes a credential as it is, and asks once for tokens of many requests', async () => {
    const call = client(secret());
    const before = emulator.requests.length;
    const replies = await Promise.all(Array.from({ length: 20 }, () => call(workspace())));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(since(before).filter((line) => line.startsWith('POST'))).toEqual(['POST token 200']);
  });

  it('answers a claims challenge with one token that has the claims, and each after it', async () => {
    const call = client(secret());
    await call(workspace());
    for (let revocations = 0; revocations < 2; revocations += 1) {
      emulator.revoke('trainer');
      const before = emulator.requests.length;
      expect((await call(workspace())).status).toBe(200);
      expect(since(before)).toEqual(['GET ws1 401', 'POST token 200', 'GET ws1 200']);
      const { form } = emulator.requests.at(-2) ?? {};
      expect(JSON.parse(form?.['claims'] ?? '')).toMatchObject({
        access_token: { nbf: { essential: true }, xms_cc: { values: ['cp1'] } },
      });
      expect((await call(workspace())).status).toBe(200);
      expect(since(before)).toHaveLength(4);
    }
  });

  it('gets one token for fifty requests that are challenged at the same time', async () => {
    const credential = secret();
    // Each has a pipeline of its own, and so a token cycler of its own: only the credential is shared.
    const calls = Array.from({ length: 50 }, () => client(credential));
    await Promise.all(calls.map((call) => call(workspace())));
    emulator.revoke('trainer');
    const before = emulator.requests.length;
    const replies = await Promise.all(calls.map((call) => call(workspace())));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    const lines = since(before);
    expect(lines.filter((line) => line === 'POST token 200')).toHaveLength(1);
    expect(lines.filter((line) => line === 'GET ws1 401')).toHaveLength(50);
    expect(lines.filter((line) => line === 'GET ws1 200')).toHaveLength(50);
  });

  it('fetches again when the credential says that it is time', async () => {
    let calls = 0;
    const inner = secret();
    const early: Credential = {
      ...inner,
      async getToken(scopes, options) {
        calls += 1;
        const token = await inner.getToken(scopes, options);
        return { ...token, refreshAfterTimestamp: Date.now() - 1 };
      },
    };
    const call = client(early);
    await call(workspace());
    await call(workspace());
    expect(calls).toBe(2);
  });
});

describe('@azure/arm-machinelearning', () => {
  const credentials: readonly (readonly [string, () => Credential])[] = [
    ['a secret', secret],
    [
      'a certificate',
      () => {
        const { tenantId, clientId, certificate } = emulator.app('trainer');
        const pem = `${certificate?.pem ?? ''}\n${certificate?.privateKey ?? ''}`;
        return fromClientCertificate({ tenantId, clientId, certificate: pem, cloud: emulator.cloud });
      },
    ],
    ['a managed identity', () => fromManagedIdentity({ env: emulator.host('cpu').env })],
  ];

  async function workspaceNames(client: MachineLearningClient): Promise<(string | undefined)[]> {
    const names = [];
    for await (const { name } of client.workspaces.listBySubscription()) names.push(name);
    return names;
  }

  const clientOf = (credential: Credential) =>
    new MachineLearningClient(credential, emulator.subscription().id, {
      endpoint: emulator.origin,
      credentialScopes: [`${emulator.origin}/.default`],
    });

  it.each(credentials)('lists workspaces with %s', async (_what, make) => {
    expect(await workspaceNames(clientOf(make()))).toEqual(['ws1']);
  });

  it('goes on after a revocation, with one more token request', async () => {
    const client = clientOf(secret());
    await workspaceNames(client);
    emulator.revoke('trainer');
    const before = emulator.requests.length;
    expect(await workspaceNames(client)).toEqual(['ws1']);
    expect(since(before)).toEqual(['GET workspaces 401', 'POST token 200', 'GET workspaces 200']);
  });

  it('gets the error of the credential, with what to do', async () => {
    const { tenantId, clientId } = emulator.app('trainer');
    const wrong = fromClientSecret({ tenantId, clientId, clientSecret: 'wrong', cloud: emulator.cloud });
    await expect(workspaceNames(clientOf(wrong))).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      aadsts: 7000215,
    });
  });
});
