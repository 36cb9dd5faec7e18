import { request } from 'node:https';

import type { Emulator, FaultInput } from '@aml-auth/emulator';
import { afterEach, describe, expect, test } from 'vitest';

import { callArm, postToken, secretForm, tokenOf } from '../../support/emulated.js';
import { callGraph } from '../../support/graph.js';
import { withEmulator } from '../../support/with-emulator.js';

const emulated = withEmulator({
  seed: {
    tenants: [
      {
        name: 'contoso',
        apps: [
          { name: 'trainer', secrets: [{ value: 'dev-secret' }] },
          { name: 'owner', secrets: [{ value: 'dev-secret' }] },
          {
            name: 'admin',
            secrets: [{ value: 'dev-secret' }],
            graphPermissions: ['Application.ReadWrite.All'],
          },
        ],
      },
    ],
    subscriptions: [{ name: 'dev', resourceGroups: [{ name: 'rg-ml', workspaces: [{ name: 'ws1' }] }] }],
    roleAssignments: [{ principal: 'app:owner', role: 'Owner', scope: '/dev' }],
  },
});
afterEach(() => emulated().faults.clear());

const subscriptions = (emulator: Emulator = emulated()) =>
  emulator.fetch(`${emulator.origin}/subscriptions?api-version=2022-12-01`);

/** What a client sees over the socket: status and body, or the code of the error. */
function overSocket(path: string): Promise<string> {
  const { port, ca } = emulated();
  return new Promise((resolve) => {
    const call = request({ host: 'localhost', port, ca, path, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve(`${response.statusCode} ${text}`));
      response.once('error', (error: NodeJS.ErrnoException) => resolve(`${error.code} after ${text}`));
    });
    call.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    call.end();
  });
}

describe('answers', () => {
  test('a status, headers and a body in place of the real ones, as often as it says', async () => {
    emulated().faults.add({
      match: { path: '/subscriptions' },
      do: { status: 503, headers: { 'retry-after': '7' }, body: { error: { code: 'ServerBusy' } } },
      times: 1,
    });
    const response = await subscriptions();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toEqual({ error: { code: 'ServerBusy' } });
    expect(emulated().requests.at(-1)).toMatchObject({
      status: 503,
      fault: response.headers.get('x-emu-fault'),
    });
    expect((await subscriptions()).status).toBe(401);
  });

  test('headers alone are added to the real answer', async () => {
    emulated().faults.add({ do: { headers: { 'x-ms-ratelimit-remaining-subscription-reads': '1' } } });
    const response = await subscriptions();
    expect(response.status).toBe(401);
    expect(response.headers.get('x-ms-ratelimit-remaining-subscription-reads')).toBe('1');
  });

  test('an error of Microsoft Entra ID with its own status and body, for one client', async () => {
    emulated().faults.add({ match: { client: 'trainer' }, do: { aadsts: 7000222 } });
    const refused = await postToken(emulated(), secretForm(emulated(), 'trainer'));
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: 'invalid_client', error_codes: [7000222] });
    expect((await postToken(emulated(), secretForm(emulated(), 'owner'))).status).toBe(200);
  });

  test('the interface of the emulator itself is spared', async () => {
    emulated().faults.add({ do: { status: 500 } });
    const response = await emulated().fetch(`${emulated().origin}/_emu/device-codes/ABC`);
    expect(response.status).toBe(405);
  });
});

describe('connections', () => {
  test('one is reset', async () => {
    emulated().faults.add({ do: { reset: true } });
    expect(await overSocket('/metadata/endpoints?api-version=2022-09-01')).toBe('ECONNRESET');
    await expect(subscriptions()).rejects.toThrow('fetch failed');
  });

  test.each([true, 10] as const)('an answer is truncated (%s)', async (truncate) => {
    emulated().faults.add({ do: { status: 200, body: 'x'.repeat(40), truncate } });
    const start = 'x'.repeat(truncate === true ? 20 : 10);
    expect(await overSocket('/')).toBe(`ECONNRESET after ${start}`);
    const response = await emulated().fetch(emulated().origin);
    const reader = response.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value as Uint8Array)).toBe(start);
    await expect(reader.read()).rejects.toThrow('terminated');
  });
});

describe('delays', () => {
  const HOUR_MS = 3_600_000;

  test('end when the caller gives up', async () => {
    emulated().faults.add({ do: { delayMs: HOUR_MS } });
    const abort = new AbortController();
    const answer = emulated().fetch(emulated().origin, { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
  });

  test('end when the client hangs up', async () => {
    emulated().faults.add({ id: 'slow', do: { delayMs: HOUR_MS } });
    const { port, ca } = emulated();
    const before = emulated().requests.length;
    const call = request({ host: 'localhost', port, ca, path: '/', agent: false });
    call.once('error', () => undefined);
    call.end();
    await expect.poll(() => emulated().faults.list()[0]?.hits).toBe(1);
    call.destroy();
    await expect.poll(() => emulated().requests[before]?.status).toBe(499);
  });

  test('come before the real answer', async () => {
    emulated().faults.add({ do: { delayMs: 0 } });
    expect((await subscriptions()).status).toBe(401);
  });
});

describe('presets', () => {
  const add = (fault: FaultInput) => emulated().faults.add(fault);

  test('429 says how long to wait', async () => {
    add({ preset: '429', retryAfter: 3, times: 1 });
    const response = await subscriptions();
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '3']);
  });

  test('estsOutage hits the token service and its discovery, and nothing else', async () => {
    add('estsOutage');
    const token = await postToken(emulated(), secretForm(emulated(), 'trainer'));
    expect(token.status).toBe(503);
    expect(await token.json()).toMatchObject({ error: 'temporarily_unavailable', error_codes: [90033] });
    const { id } = emulated().tenant();
    const discovery = await emulated().fetch(
      `${emulated().origin}/${id}/v2.0/.well-known/openid-configuration`,
    );
    expect(discovery.status).toBe(503);
    expect((await subscriptions()).status).toBe(401);
  });

  test.each([404, 410] as const)('imdsSlowStart answers %s three times', async (status) => {
    add({ preset: 'imdsSlowStart', status });
    const probe = () =>
      emulated().fetch(`http://localhost:${emulated().port}/metadata/identity/oauth2/token`);
    const answers = [await probe(), await probe(), await probe(), await probe()];
    expect(answers.slice(0, 3).map((answer) => answer.status)).toEqual([status, status, status]);
    expect(answers[3]!.headers.has('x-emu-fault')).toBe(false);
  });

  test('armThrottle has no reads left for a subscription', async () => {
    add({ preset: 'armThrottle', times: 1 });
    const { id } = emulated().subscription();
    const { status, code, headers } = await callArm(emulated(), 'owner', `/subscriptions/${id}`);
    expect([status, code]).toEqual([429, 'SubscriptionRequestsThrottled']);
    expect(headers.get('x-ms-ratelimit-remaining-subscription-reads')).toBe('0');
  });

  test('graphReplication: a new application and a new secret are not known at first', async () => {
    add('graphReplication');
    const admin = (path: string, body: unknown) =>
      callGraph(emulated(), 'admin', path, { method: 'POST', body });
    const { body: app } = await admin('/applications', { displayName: 'fresh' });
    await admin('/servicePrincipals', { appId: app.appId });
    const { body: secret } = await admin(`/applications/${app.id}/addPassword`, {});
    const signIn = async () => {
      const form = {
        ...secretForm(emulated(), 'trainer'),
        client_id: app.appId,
        client_secret: secret.secretText,
      };
      return (await postToken(emulated(), form)).headers.get('x-ms-error-code') ?? 'signed in';
    };
    expect((await callGraph(emulated(), 'admin', `/applications/${app.id}`)).status).toBe(200);
    expect(await signIn()).toBe('AADSTS700016');
    emulated().clock.advance('30s');
    expect(await signIn()).toBe('signed in');
    const { body: second } = await admin(`/applications/${app.id}/addPassword`, {});
    const form = {
      ...secretForm(emulated(), 'trainer'),
      client_id: app.appId,
      client_secret: second.secretText,
    };
    expect((await postToken(emulated(), form)).headers.get('x-ms-error-code')).toBe('AADSTS7000215');
    emulated().clock.advance('30s');
    expect((await postToken(emulated(), form)).status).toBe(200);
  });

  test('slow_down is for devices that poll, once', async () => {
    add('slow_down');
    expect((await postToken(emulated(), secretForm(emulated(), 'trainer'))).status).toBe(200);
    const poll = async () => {
      const grant = 'urn:ietf:params:oauth:grant-type:device_code';
      const response = await postToken(emulated(), { grant_type: grant, device_code: 'x', client_id: 'y' });
      return ((await response.json()) as { error: string }).error;
    };
    expect(await poll()).toBe('slow_down');
    expect(await poll()).not.toBe('slow_down');
  });
});

test('a role assignment is there at once and counts later, by the emulator clock', async () => {
  emulated().faults.add({
    match: { path: '/**/roleAssignments/*', method: 'PUT' },
    do: { replicationDelayMs: 120_000 },
  });
  const workspace = emulated().workspace().id;
  const assignment = `${workspace}/providers/Microsoft.Authorization/roleAssignments/c0ffee00-0000-4000-8000-000000000009`;
  const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
  const properties = {
    principalId: emulated().app('trainer').objectId,
    roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${reader}`,
  };
  const put = await callArm(emulated(), 'owner', assignment, { method: 'PUT', body: { properties } });
  expect(put.status).toBe(201);
  expect((await callArm(emulated(), 'owner', assignment)).status).toBe(200);
  expect((await callArm(emulated(), 'trainer', workspace)).status).toBe(403);
  emulated().clock.advance('2m');
  expect((await callArm(emulated(), 'trainer', workspace)).status).toBe(200);
});

test('closing the emulator does not wait for delays', async () => {
  const { startEmulator } = await import('@aml-auth/emulator');
  const emulator = await startEmulator();
  await tokenOf(emulator, 'trainer');
  emulator.faults.add({ do: { delayMs: 3_600_000 } });
  const answer = subscriptions(emulator);
  await expect.poll(() => emulator.faults.list()[0]?.hits).toBe(1);
  await emulator.close();
  expect((await answer).status).toBe(499);
});

describe('certificates', () => {
  const METADATA = '/metadata/endpoints?api-version=2022-09-01';

  test.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['untrusted', 'SELF_SIGNED_CERT_IN_CHAIN'],
    ['wrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('one that is %s is refused by clients, as often as it is shown', async (tls, code) => {
    emulated().faults.add({ do: { tls }, times: 1 });
    expect(await overSocket(METADATA)).toBe(code);
    expect(await overSocket(METADATA)).toMatch(/^200 /);
  });

  test('they are for the host that they name', async () => {
    emulated().faults.add({ match: { host: 'login.microsoftonline.com' }, do: { tls: 'expired' } });
    expect(await overSocket(METADATA)).toMatch(/^200 /);
  });
});
