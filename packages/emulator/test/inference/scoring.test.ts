import { manualClock } from '@aml-auth/core/testing';
import { demoSeed, seededRandom } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { callArm, tokenOf } from '../support/emulated.js';
import { at, mlCaller } from '../support/ml.js';
import { makeEndpoint, score } from '../support/scoring.js';
import { withEmulator } from '../support/with-emulator.js';

const ML_SCOPE = 'https://ml.azure.com/.default';
const clock = manualClock(Date.parse('2026-11-22T09:00:00Z'));
const emulated = withEmulator({ clock, random: seededRandom('scoring'), seed: demoSeed });
const call = mlCaller(emulated);

async function keysOf(name: string): Promise<{ primaryKey: string; secondaryKey: string }> {
  return (await call(`onlineEndpoints/${name}/listKeys`, 'POST')).body as never;
}

describe('an endpoint with keys', () => {
  test('answers either key with what it was sent, and says which deployment did', async () => {
    await makeEndpoint(emulated, 'keyed', 'Key');
    const { primaryKey, secondaryKey } = await keysOf('keyed');
    expect(primaryKey).toMatch(/^[A-Za-z\d]{32}$/);
    for (const key of [primaryKey, secondaryKey]) {
      const answer = await score(emulated, 'keyed', key);
      expect(answer).toMatchObject({ status: 200, text: '{"data":[1,2,3]}' });
      expect(answer.headers.get('azureml-model-deployment')).toBe('blue');
      expect(answer.headers.get('content-type')).toBe('application/json');
    }
    const kept = JSON.stringify([emulated().snapshot(), emulated().requests]);
    expect(kept.includes(primaryKey)).toBe(false);
  });

  test.each<[string, string | undefined, string]>([
    ['no key', undefined, 'key_auth_bad_header_forbidden'],
    ['another key', 'x'.repeat(32), 'key_auth_access_denied'],
  ])('refuses %s', async (_, key, text) => {
    await makeEndpoint(emulated, 'keyed', 'Key');
    expect(await score(emulated, 'keyed', key)).toMatchObject({ status: 401, text });
  });

  test('does not take an Entra token', async () => {
    await makeEndpoint(emulated, 'keyed', 'Key');
    const token = await tokenOf(emulated(), 'platform-admin', ML_SCOPE);
    expect((await score(emulated, 'keyed', token)).status).toBe(401);
  });

  test('keys are regenerated one at a time, also to a chosen one', async () => {
    await makeEndpoint(emulated, 'keyed', 'Key');
    const before = await keysOf('keyed');
    const asked = await call('onlineEndpoints/keyed/regenerateKeys', 'POST', { keyType: 'Primary' });
    expect(asked.status).toBe(202);
    expect((await call(asked.headers.get('location')!)).status).toBe(200);
    const after = await keysOf('keyed');
    expect(after.primaryKey).not.toBe(before.primaryKey);
    expect(after.secondaryKey).toBe(before.secondaryKey);
    expect((await score(emulated, 'keyed', before.primaryKey)).status).toBe(401);
    expect((await score(emulated, 'keyed', after.primaryKey)).status).toBe(200);
    await call('onlineEndpoints/keyed/regenerateKeys', 'POST', {
      keyType: 'secondary',
      keyValue: 'my-own-key',
    });
    expect((await keysOf('keyed')).secondaryKey).toBe('my-own-key');
    const bad = await call('onlineEndpoints/keyed/regenerateKeys', 'POST', { keyType: 'Tertiary' });
    expect(bad).toMatchObject({ status: 400, code: 'UserError' });
  });

  test('keys survive a restored snapshot of the same run', async () => {
    await makeEndpoint(emulated, 'keyed', 'Key');
    const { primaryKey } = await keysOf('keyed');
    const kept = emulated().snapshot();
    await call('onlineEndpoints/keyed', 'DELETE');
    emulated().restore(kept);
    expect((await score(emulated, 'keyed', primaryKey)).status).toBe(200);
  });

  test('the creator can choose the keys', async () => {
    await call('onlineEndpoints/chosen', 'PUT', {
      properties: { authMode: 'key', keys: { primaryKey: 'first-key', secondaryKey: 'second-key' } },
    });
    expect(await keysOf('chosen')).toEqual({ primaryKey: 'first-key', secondaryKey: 'second-key' });
    expect(at((await call('onlineEndpoints/chosen')).body, 'properties.keys')).toBeUndefined();
  });

  test('who may list and regenerate keys is a matter of roles', async () => {
    await makeEndpoint(emulated, 'keyed', 'Key');
    for (const action of ['listKeys', 'regenerateKeys', 'token']) {
      const { code } = await call(`onlineEndpoints/keyed/${action}`, 'POST', {}, 'auditor');
      expect(code).toBe('AuthorizationFailed');
    }
    expect((await call('onlineEndpoints/keyed/listkeys', 'POST', undefined, 'trainer')).status).toBe(200);
  });
});

describe('an endpoint with tokens of Azure Machine Learning', () => {
  const token = async (name: string): Promise<Record<string, unknown>> =>
    (await call(`onlineEndpoints/${name}/token`, 'POST', undefined, 'trainer')).body;

  test('answers its token, until that expires', async () => {
    await makeEndpoint(emulated, 'tokens', 'AMLToken');
    const { accessToken, ...times } = await token('tokens');
    const now = clock.now() / 1000;
    expect(times).toEqual({
      tokenType: 'Bearer',
      expiryTimeUtc: now + 3600,
      refreshAfterTimeUtc: now + 2700,
    });
    expect((await score(emulated, 'tokens', String(accessToken))).status).toBe(200);
    clock.advance(3_600_000);
    expect(await score(emulated, 'tokens', String(accessToken))).toMatchObject({
      status: 401,
      text: 'token_auth_access_denied',
    });
  });

  test('does not take the token of another endpoint, or an Entra token', async () => {
    await makeEndpoint(emulated, 'tokens', 'AMLToken');
    await makeEndpoint(emulated, 'others', 'AMLToken');
    const { accessToken } = await token('others');
    expect((await score(emulated, 'tokens', String(accessToken))).status).toBe(401);
    expect((await score(emulated, 'tokens', await tokenOf(emulated(), 'trainer'))).status).toBe(401);
    expect((await score(emulated, 'tokens', undefined)).text).toBe('token_auth_bad_header_forbidden');
  });

  test('its token opens nothing else', async () => {
    await makeEndpoint(emulated, 'tokens', 'AMLToken');
    const { accessToken } = await token('tokens');
    const response = await emulated().fetch(
      `${emulated().origin}${emulated().workspace().id}?api-version=2024-10-01`,
      {
        headers: { authorization: `Bearer ${String(accessToken)}` },
      },
    );
    expect(response.status).toBe(401);
  });

  test.each([
    ['AMLToken', 'listKeys'],
    ['AADToken', 'listKeys'],
    ['Key', 'token'],
    ['AADToken', 'token'],
  ])('%s has nothing for %s', async (mode, action) => {
    await makeEndpoint(emulated, 'other', mode);
    expect(await call(`onlineEndpoints/other/${action}`, 'POST')).toMatchObject({
      status: 400,
      code: 'UserError',
    });
  });
});

describe('an endpoint with Entra tokens', () => {
  test('answers whoever may score, with a token for Azure Machine Learning', async () => {
    await makeEndpoint(emulated, 'entra', 'AADToken');
    const answer = await score(emulated, 'entra', await tokenOf(emulated(), 'trainer', ML_SCOPE));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-emu-decision')).toContain('role=AzureML Data Scientist');
  });

  test('refuses whoever may not', async () => {
    await makeEndpoint(emulated, 'entra', 'AADToken');
    const answer = await score(emulated, 'entra', await tokenOf(emulated(), 'auditor', ML_SCOPE));
    expect(answer.status).toBe(403);
    expect(answer.text).toMatch(/^Microsoft Entra Token denied by policy/);
    expect(answer.headers.get('x-emu-decision')).toContain('onlineEndpoints/score/action');
  });

  test('stands in the record of requests as what it is, with the decision and what would change it', async () => {
    await makeEndpoint(emulated, 'entra', 'AADToken');
    await score(emulated, 'entra', await tokenOf(emulated(), 'auditor', ML_SCOPE));
    const { sequence } = emulated().requests.at(-1)!;
    const { fetch, origin } = emulated();
    const shown = await fetch(`${origin}/_emu/api/requests/${sequence}`);
    expect(await shown.json()).toMatchObject({
      service: 'inference',
      rbac: { verdict: 'refused', action: expect.stringMatching(/score\/action$/) as string },
      advice: expect.arrayContaining([expect.objectContaining({ role: 'AzureML Data Scientist' })]) as [],
    });
  });

  test('goes by conditions of assignments that look at the time', async () => {
    await makeEndpoint(emulated, 'entra', 'AADToken');
    const { id } = emulated().workspace('ws1');
    const end = new Date(clock.now() + 3_600_000).toISOString();
    const condition = `@Environment[UtcNow] DateTimeLessThan '${end}'`;
    const { status } = await callArm(
      emulated(),
      'platform-admin',
      `${id}/providers/Microsoft.Authorization/roleAssignments/c0ffee00-0000-4000-8000-000000000021`,
      {
        method: 'PUT',
        body: {
          properties: {
            principalId: emulated().app('auditor').objectId,
            roleDefinitionId:
              '/providers/Microsoft.Authorization/roleDefinitions/f6c7c914-8db3-469d-8ca1-694a8f32e121',
            condition,
            conditionVersion: '2.0',
          },
        },
      },
    );
    expect(status).toBe(201);
    expect((await score(emulated, 'entra', await tokenOf(emulated(), 'auditor', ML_SCOPE))).status).toBe(200);
    clock.advance(3_600_000);
    expect((await score(emulated, 'entra', await tokenOf(emulated(), 'auditor', ML_SCOPE))).status).toBe(403);
  });

  test.each<[string, () => Promise<string | undefined>, string]>([
    ['no token', () => Promise.resolve(undefined), 'missing'],
    ['a token for Azure Resource Manager', () => tokenOf(emulated(), 'trainer'), 'wrongAudience'],
    ['what is no token', () => Promise.resolve('abc'), 'malformed'],
  ])('refuses %s', async (_, token, problem) => {
    await makeEndpoint(emulated, 'entra', 'AADToken');
    const answer = await score(emulated, 'entra', await token());
    expect(answer.status).toBe(401);
    expect(answer.text).toContain(problem);
  });
});

describe('traffic', () => {
  test('goes to the deployments by their share, or where a header says', async () => {
    await makeEndpoint(emulated, 'split', 'Key', { blue: 50, green: 50, grey: 0 });
    const { primaryKey } = await keysOf('split');
    const seen = new Set<string | null>();
    for (let count = 0; count < 20; count += 1) {
      seen.add((await score(emulated, 'split', primaryKey)).headers.get('azureml-model-deployment'));
    }
    expect(seen).toEqual(new Set(['blue', 'green']));
    const named = await score(emulated, 'split', primaryKey, { 'azureml-model-deployment': 'grey' });
    expect(named.headers.get('azureml-model-deployment')).toBe('grey');
    const unknown = await score(emulated, 'split', primaryKey, { 'azureml-model-deployment': 'red' });
    expect(unknown.status).toBe(404);
  });

  test('without a deployment that gets any, there is no answer', async () => {
    await makeEndpoint(emulated, 'idle', 'Key', {});
    const { primaryKey } = await keysOf('idle');
    expect((await score(emulated, 'idle', primaryKey)).status).toBe(404);
  });
});

test('an endpoint has a description of itself, and nothing else', async () => {
  await makeEndpoint(emulated, 'keyed', 'Key');
  const { primaryKey } = await keysOf('keyed');
  const headers = { authorization: `Bearer ${primaryKey}` };
  const base = `${emulated().origin}/inference/westeurope/keyed`;
  const swagger = await emulated().fetch(`${base}/swagger.json`, { headers });
  expect(await swagger.json()).toMatchObject({ swagger: '2.0', info: { title: 'keyed' } });
  expect((await emulated().fetch(`${base}/score`, { headers })).status).toBe(405);
  expect((await emulated().fetch(`${base}/admin`, { headers })).status).toBe(404);
  expect((await emulated().fetch(`${base.replace('keyed', 'none')}/score`, { headers })).status).toBe(404);
});
