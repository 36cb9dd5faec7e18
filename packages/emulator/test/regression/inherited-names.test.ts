import { expect, test } from 'vitest';

import { callArm, postToken, secretForm } from '../support/emulated.js';
import { callGraph } from '../support/graph.js';
import { hostsSeed } from '../support/hosts.js';
import { mlCaller, namesIn } from '../support/ml.js';
import { withEmulator } from '../support/with-emulator.js';

/*
 * `constructor` and its like are names that every object of JavaScript has. They are names like any other here:
 * of a path, a grant, a kind, a tag or a deployment.
 */
const emulated = withEmulator({ seed: hostsSeed });
const call = mlCaller(emulated);
const NAMES = ['constructor', '__proto__', 'hasownproperty'];

test.each(NAMES)('a host has no endpoint %s', async (name) => {
  const { fetch, origin } = emulated();
  for (const host of ['vm', 'web', 'cpu', 'arc', 'service-fabric']) {
    expect((await fetch(`${origin}/hosts/${host}/${name}`)).status).toBe(404);
  }
});

test.each(NAMES)('a sign-in with the grant %s is none', async (name) => {
  const form = { ...secretForm(emulated(), 'trainer'), grant_type: name };
  expect(await (await postToken(emulated(), form)).json()).toMatchObject({ error_codes: [70003] });
  const { value } = (await (await emulated().fetch(`${emulated().origin}/_emu/api/sign-ins`)).json()) as {
    value: readonly { readonly errorCode: number }[];
  };
  expect(value.filter(({ errorCode }) => errorCode === 70003)).toEqual([]);
});

test.each(NAMES)('%s is no type of identity', async (name) => {
  const id = `${emulated()
    .workspace('ws1')
    .id.replace(/\/providers\/.*/, '')}/providers`;
  const body = {
    location: 'northeurope',
    identity: { type: name },
    properties: { storageProfile: {}, networkProfile: {} },
  };
  const path = `${id}/Microsoft.Compute/virtualMachines/fresh?api-version=2024-07-01`;
  const answer = await callArm(emulated(), 'platform-admin', path, { method: 'PUT', body });
  expect(answer).toMatchObject({ status: 400, code: 'InvalidIdentityType' });
});

test.each(NAMES)('a workspace of the kind %s needs what most kinds need', async (name) => {
  const path = emulated().workspace('ws1').id.replace(/ws1$/, 'fresh');
  const answer = await call(path, 'PUT', { location: 'northeurope', kind: name, properties: {} });
  expect(answer).toMatchObject({ status: 400, code: 'ValidationError' });
});

test('jobs are found by tags that they have, with everything behind the first =', async () => {
  const job = { properties: { jobType: 'Pipeline', tags: { query: 'a=b' } } };
  expect((await call('jobs/tagged', 'PUT', job)).status).toBe(201);
  for (const name of NAMES) expect(namesIn(await call(`jobs?tag=${name}`))).toEqual([]);
  expect(namesIn(await call('jobs?tag=query'))).toEqual(['tagged']);
  expect(namesIn(await call(`jobs?tag=${encodeURIComponent('query=a=b')}`))).toEqual(['tagged']);
  expect(namesIn(await call(`jobs?tag=${encodeURIComponent('query=a')}`))).toEqual([]);
});

test('a deployment named constructor that gets no traffic can be deleted', async () => {
  const endpoint = { location: 'northeurope', properties: { authMode: 'Key', traffic: {} } };
  expect((await call('onlineEndpoints/named', 'PUT', endpoint)).status).toBe(201);
  const deployment = { location: 'northeurope', properties: { endpointComputeType: 'Managed' } };
  const path = 'onlineEndpoints/named/deployments/constructor';
  expect((await call(path, 'PUT', deployment)).status).toBe(201);
  expect((await call(path, 'DELETE')).status).toBe(202);
});

test.each(NAMES)('Microsoft Graph takes no property %s', async (name) => {
  const body = JSON.parse(`{"displayName":"x","${name}":{"redirectUris":[]}}`) as object;
  const answer = await callGraph(emulated(), 'platform-admin', '/applications', { method: 'POST', body });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
});
