import { expect, test } from 'vitest';

import { tokenOf } from '../support/emulated.js';
import { callGraph } from '../support/graph.js';
import { graphSeed } from '../support/graph-seed.js';
import { hostsSeed } from '../support/hosts.js';
import { mlCaller } from '../support/ml.js';
import { withEmulator } from '../support/with-emulator.js';

/* JSON can hold what JavaScript cannot turn into text or walk over. Such values are wrong like any other. */
const emulated = withEmulator({ seed: hostsSeed });
const emulatedGraph = withEmulator({ seed: graphSeed });
const call = mlCaller(emulated);
const TEXTLESS = { toString: 0, valueOf: 0 };
const DEEP = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

test.each([
  ['platform-admin', '/applications', { displayName: 'x', signInAudience: TEXTLESS }],
  ['platform-admin', '/applications', { displayName: 'x', signInAudience: ['AzureADMyOrg'] }],
  [
    'policy-admin',
    '/identity/conditionalAccess/policies',
    {
      displayName: 'x',
      state: 'enabled',
      conditions: { applications: { includeApplications: ['All'] }, users: { includeUsers: ['All'] } },
      sessionControls: { signInFrequency: { type: TEXTLESS, value: 1 } },
    },
  ],
])('Microsoft Graph refuses values that are no text: %s, %s, %j', async (caller, path, body) => {
  const answer = await callGraph(emulatedGraph(), caller, path, { method: 'POST', body });
  expect(answer).toMatchObject({ status: 400, code: 'Request_BadRequest' });
});

test('a device code is approved by no name that is no text', async () => {
  const { fetch, origin } = emulated();
  const form = new URLSearchParams({ client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', scope: 'openid' });
  const started = await fetch(`${origin}/${emulated().tenant().id}/oauth2/v2.0/devicecode`, {
    method: 'POST',
    body: form,
  });
  const { user_code: userCode } = (await started.json()) as { readonly user_code: string };
  const response = await fetch(`${origin}/_emu/device-codes/${userCode}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'approve', upn: TEXTLESS }),
  });
  expect(response.status).toBe(404);
});

test('nothing is kept that is nested too deep to be shown again', async () => {
  const { fetch, origin } = emulated();
  const send = async (scope: string, method: string, path: string, body: string): Promise<number> => {
    const token = await tokenOf(emulated(), 'platform-admin', scope);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return (await fetch(`${origin}${path}`, { method, headers, body })).status;
  };
  const job = `${emulated().workspace('ws1').id}/jobs/deep?api-version=2024-04-01`;
  const arm = 'https://management.azure.com/.default';
  expect(await send(arm, 'PUT', job, `{"properties":{"jobType":"Pipeline","inputs":${DEEP}}}`)).toBe(400);
  expect(await call('jobs')).toMatchObject({ status: 200, body: { value: [] } });
  const body = `{"displayName":"x","web":{"a":${DEEP}}}`;
  expect(await send('https://graph.microsoft.com/.default', 'POST', '/graph/v1.0/applications', body)).toBe(
    400,
  );
});

test('a token that is nested deep is recorded as none', async () => {
  const { fetch, origin } = emulated();
  const claims = Buffer.from(`{"a":${DEEP.slice(95_000, 105_000)}}`).toString('base64url');
  await fetch(`${origin}/subscriptions?api-version=2022-12-01`, {
    headers: { authorization: `Bearer e30.${claims}.x` },
  });
  const response = await fetch(`${origin}/_emu/api/requests`);
  const { value } = (await response.json()) as { readonly value: readonly { readonly sequence: number }[] };
  const one = await fetch(`${origin}/_emu/api/requests/${value.at(-1)?.sequence}`);
  expect(one.status).toBe(200);
  expect(await one.json()).not.toHaveProperty('token');
});
