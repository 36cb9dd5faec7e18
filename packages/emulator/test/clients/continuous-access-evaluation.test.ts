import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createEmptyPipeline,
  createPipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { ClientSecretCredential } from '@azure/identity';
import { trustEmulator } from '@aml-auth/emulator';
import { beforeAll, expect, test } from 'vitest';

import { tokenOf } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();

beforeAll(() => {
  trustEmulator(emulated());
});

/** Calls as the clients of Azure do; the credential keeps its tokens. */
function client(): (path: string) => Promise<PipelineResponse> {
  const { origin, app } = emulated();
  const { tenantId, clientId, secret } = app('trainer');
  const options = { authorityHost: origin, disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(tenantId, clientId, secret!, options);
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${origin}/.default` }));
  const http = createDefaultHttpClient();
  return (path) => pipeline.sendRequest(http, createPipelineRequest({ url: `${origin}${path}` }));
}

const workspacePath = (): string => `${emulated().workspace().id}?api-version=2024-10-01`;

function since(count: number): readonly string[] {
  return emulated()
    .requests.slice(count)
    .filter(({ path }) => !path.includes('.well-known'))
    .map(({ method, path, status }) => `${method} ${path.split('?')[0]!.split('/').at(-1)!} ${status}`);
}

test('clients of Azure answer the challenge after a revocation with one token request, and again after the next', async () => {
  const call = client();
  expect((await call(workspacePath())).status).toBe(200);
  for (let revocations = 0; revocations < 2; revocations += 1) {
    emulated().revoke('trainer');
    const { length } = emulated().requests;
    expect((await call(workspacePath())).status).toBe(200);
    expect(since(length)).toEqual(['GET ws1 401', 'POST token 200', 'GET ws1 200']);
    const claims: unknown = JSON.parse(emulated().requests.at(-2)!.form!['claims']!);
    expect(claims).toMatchObject({
      access_token: {
        nbf: { essential: true, value: expect.stringMatching(/^\d{10}$/) as string },
        xms_caeerror: { value: '10012' },
        xms_cc: { values: ['cp1'] },
      },
    });
    expect((await call(workspacePath())).status).toBe(200);
    expect(since(length)).toHaveLength(4);
  }
});

test('a client without the capability goes on with its token', async () => {
  const token = await tokenOf(emulated(), 'trainer');
  emulated().revoke('trainer');
  const response = await fetch(`${emulated().origin}${workspacePath()}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
});
