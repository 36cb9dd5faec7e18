import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createEmptyPipeline,
  createPipelineRequest,
} from '@azure/core-rest-pipeline';
import { InteractiveBrowserCredential } from '@azure/identity';
import { trustEmulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

import { ARM_SCOPE, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const BROWSER = fileURLToPath(new URL('browser.mjs', import.meta.url));
const [contoso, ...others] = USER_SEED.tenants;
const emulated = withEmulator({
  seed: {
    ...USER_SEED,
    tenants: [
      {
        ...contoso!,
        stepUp: [{ service: 'arm', context: 'c1' }],
        conditionalAccess: [{ name: 'protected', users: ['all'], apps: ['context:c1'], grant: 'mfa' }],
      },
      ...others,
    ],
    roleAssignments: [{ principal: 'user:bob@contoso', role: 'Owner', scope: '/dev' }],
  },
});

const folder = await mkdtemp(join(tmpdir(), 'aml-auth-emulator-test-'));
const script = join(folder, 'browser');

beforeAll(async () => {
  trustEmulator(emulated());
  await writeFile(script, `#!/bin/sh\nexec "${process.execPath}" "${BROWSER}" "$1"\n`);
  await chmod(script, 0o700);
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The credential as published, with a program in place of the browser and nothing else changed. */
function credential(upn: string): InteractiveBrowserCredential {
  const { env, origin, tenant, user } = emulated();
  const { name, password = '' } = user(upn);
  // The launcher takes a desktop's own browser before this one.
  for (const desktop of ['XDG_CURRENT_DESKTOP', 'DESKTOP_SESSION', 'DISPLAY', 'WAYLAND_DISPLAY']) {
    vi.stubEnv(desktop, '');
  }
  vi.stubEnv('BROWSER', script);
  vi.stubEnv('SIGN_IN_USER', name);
  vi.stubEnv('SIGN_IN_PASSWORD', password);
  vi.stubEnv('NODE_EXTRA_CA_CERTS', env()['NODE_EXTRA_CA_CERTS']);
  return new InteractiveBrowserCredential({
    tenantId: tenant().id,
    authorityHost: origin,
    disableInstanceDiscovery: true,
  });
}

test('InteractiveBrowserCredential of @azure/identity opens a browser, which signs the user in', async () => {
  const { token } = await credential('alice@contoso').getToken(ARM_SCOPE);
  expect(decodeJwt(token)).toMatchObject({
    oid: emulated().user('alice@contoso').id,
    amr: ['pwd'],
    scp: 'user_impersonation',
  });
});

test('clients of Azure answer the demand for an authentication context with a token that has it', async () => {
  const { origin, requests, subscription } = emulated();
  const pipeline = createEmptyPipeline();
  const policy = { credential: credential('bob@contoso'), scopes: ARM_SCOPE };
  pipeline.addPolicy(bearerTokenAuthenticationPolicy(policy));
  const http = createDefaultHttpClient();
  const url = `${origin}/subscriptions/${subscription('dev').id}/resourceGroups/rg-new?api-version=2022-12-01`;
  const body = JSON.stringify({ location: 'westeurope' });
  const { length } = requests;
  const { status } = await pipeline.sendRequest(http, createPipelineRequest({ url, method: 'PUT', body }));
  expect(status).toBe(201);
  const shown = emulated().requests.slice(length);
  const calls = shown.map(
    (entry) => `${entry.method} ${entry.path.split('?')[0]!.split('/').at(-1)!} ${entry.status}`,
  );
  expect(calls.slice(calls.indexOf('PUT rg-new 401'))).toEqual([
    'PUT rg-new 401',
    'POST token 200',
    'PUT rg-new 201',
  ]);
  expect(shown.at(-2)?.form?.['claims']).toContain('"acrs":{"essential":true,"value":"c1"}');
});
