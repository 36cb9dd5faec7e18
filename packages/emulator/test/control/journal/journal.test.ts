import { startEmulator } from '@aml-auth/emulator';
import type { Har } from 'har-format';
import { describe, expect, test } from 'vitest';

import { toHar } from '../../../src/control/journal/to-har.js';
import { callArm, postToken, secretForm } from '../../support/emulated.js';
import { withEmulator } from '../../support/with-emulator.js';

const emulated = withEmulator();

describe('what is recorded', () => {
  test('of a token request: the claims of the token that was issued, and no signature', async () => {
    await postToken(emulated(), secretForm(emulated(), 'trainer'));
    const exchange = emulated().requests.at(-1)!;
    const { clientId, objectId } = emulated().app('trainer');
    expect(exchange).toMatchObject({
      status: 200,
      host: new URL(emulated().origin).host,
      tls: true,
      form: { client_id: clientId, client_secret: '[redacted]' },
      issued: { header: { alg: 'RS256' }, claims: { appid: clientId, oid: objectId } },
      conditionalAccess: { subject: { kind: 'application', id: objectId } },
    });
    expect(JSON.parse(exchange.response.body!)).toMatchObject({
      token_type: 'Bearer',
      access_token: '[redacted]',
    });
    expect(exchange.durationMs).toBeGreaterThan(0);
  });

  test('of a call: the claims of the token that was sent, and what Azure RBAC decided', async () => {
    const { id } = emulated().workspace();
    await callArm(emulated(), 'trainer', id);
    const { objectId } = emulated().app('trainer');
    expect(emulated().requests.at(-1)).toMatchObject({
      token: { claims: { oid: objectId } },
      rbac: {
        verdict: 'allowed',
        action: 'Microsoft.MachineLearningServices/workspaces/read',
        scope: id,
        principalId: objectId,
        principalType: 'ServicePrincipal',
        role: 'AzureML Data Scientist',
      },
    });
    await callArm(emulated(), 'trainer', id, { method: 'DELETE' });
    expect(emulated().requests.at(-1)).toMatchObject({
      errorCode: 'AuthorizationFailed',
      rbac: {
        verdict: 'refused',
        action: 'Microsoft.MachineLearningServices/workspaces/delete',
        role: 'AzureML Data Scientist',
        reason: 'excluded',
      },
    });
  });

  test('a token of anybody is shown without its signature, also one that is not of the emulator', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'RS256' })}.${part({ oid: 'someone' })}.c2lnbmF0dXJl`;
    await emulated().fetch(`${emulated().origin}/subscriptions?api-version=2022-12-01`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const exchange = emulated().requests.at(-1)!;
    expect(exchange.token).toEqual({ header: { alg: 'RS256' }, claims: { oid: 'someone' } });
    expect(JSON.stringify(exchange)).not.toContain('c2lnbmF0dXJl');
  });

  test('of a form with very many fields, or very long ones, no more is kept than of other bodies', async () => {
    const fields = Array.from({ length: 20_000 }, (_, index): [string, string] => [
      `field-${index}`,
      'x'.repeat(20),
    ]);
    const form = new URLSearchParams([
      ['grant_type', 'password'],
      ['client_id', 'x'.repeat(9_000)],
      ...fields,
    ]);
    await emulated().fetch(emulated().origin, { method: 'POST', body: form });
    const exchange = emulated().requests.at(-1)!;
    expect(exchange.request.size).toBeGreaterThan(500_000);
    expect(exchange.form).toMatchObject({ grant_type: 'password', 'field-0': 'x'.repeat(20) });
    expect(JSON.stringify(exchange).length).toBeLessThan(40_000);
  });

  test('long paths are cut off', async () => {
    await emulated().fetch(`${emulated().origin}/x?a=${'y'.repeat(1_000_000)}`);
    expect(JSON.stringify(emulated().requests.at(-1)).length).toBeLessThan(40_000);
  });

  test('long bodies are left out, and their size is told', async () => {
    const description = 'x'.repeat(20_000);
    await emulated().fetch(emulated().origin, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ description }),
    });
    const { request } = emulated().requests.at(-1)!;
    expect(request.size).toBeGreaterThan(20_000);
    expect(request).not.toHaveProperty('body');
  });
});

test('secrets are shown to whoever asks for it by an unsafe name', async () => {
  const emulator = await startEmulator({ unsafelyRecordSecrets: true });
  const form = secretForm(emulator, 'trainer');
  await postToken(emulator, form);
  const { form: recorded, response } = emulator.requests.at(-1)!;
  expect(recorded?.['client_secret']).toBe(form['client_secret']);
  expect(response.body).toMatch(/"access_token":"eyJ/);
  await emulator.close();
});

test('a record of requests is an HTTP Archive 1.2 without a secret', async () => {
  const form = secretForm(emulated(), 'trainer');
  const before = emulated().requests.length;
  await postToken(emulated(), form);
  await callArm(emulated(), 'trainer', emulated().workspace().id);
  // The type is the published one: members that are missing or wrong do not compile.
  const har: Har = toHar(emulated().requests.slice(before));
  expect(har.log.version).toBe('1.2');
  expect(har.log.entries).toHaveLength(3);
  const [token, , workspace] = har.log.entries;
  expect(token!.request).toMatchObject({ method: 'POST', bodySize: expect.any(Number) as number });
  expect(token!.request.url).toBe(`${emulated().origin}/${emulated().tenant().id}/oauth2/v2.0/token`);
  expect(token!.request.postData?.params).toContainEqual({ name: 'client_secret', value: '[redacted]' });
  expect(workspace!.request.queryString).toEqual([{ name: 'api-version', value: '2024-10-01' }]);
  expect(workspace!.response).toMatchObject({ status: 200, statusText: 'OK' });
  expect(workspace!.comment).toMatch(/^allow/);
  for (const { startedDateTime, time, timings } of har.log.entries) {
    expect(new Date(startedDateTime).toISOString()).toBe(startedDateTime);
    expect(timings.send! + timings.wait + timings.receive).toBe(time);
  }
  expect(JSON.stringify(har)).not.toMatch(/eyJ[\w-]+\.eyJ/);
  expect(JSON.stringify(har)).not.toContain(form['client_secret']);
});
