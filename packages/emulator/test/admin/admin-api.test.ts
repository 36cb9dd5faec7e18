import { startEmulator, type Exchange } from '@aml-auth/emulator';
import { afterEach, describe, expect, test } from 'vitest';

import { callAdmin } from '../support/admin.js';
import { callArm, postToken, secretForm, tokenOf } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: undefined });
afterEach(() => {
  emulated().faults.clear();
  emulated().clock.reset();
});

const admin = <T>(route: string, body?: unknown) => callAdmin<T>(emulated(), route, body);

interface Listed {
  readonly value: readonly Record<string, unknown>[];
  readonly last: number;
}

describe('requests', () => {
  test('those since a number, in a line each; one of them in full', async () => {
    await postToken(emulated(), secretForm(emulated(), 'trainer'));
    const { body: before } = await admin<Listed>('GET requests');
    await callArm(emulated(), 'trainer', emulated().workspace().id);
    const { body } = await admin<Listed>(`GET requests?since=${before.last}`);
    expect(body.value).toMatchObject([
      { service: 'signIn', caller: 'trainer', status: 200 },
      { service: 'resourceManager', caller: 'trainer', method: 'GET', status: 200 },
    ]);
    expect(body.value[0]).not.toHaveProperty('issued');
    const { body: full } = await admin<Exchange>(`GET requests/${body.last}`);
    expect(full).toMatchObject({ sequence: body.last, rbac: { verdict: 'allowed' }, advice: [] });
    expect(JSON.stringify(full)).not.toMatch(/eyJ/);
  });

  test('a refused one comes with the line that would allow it, which does', async () => {
    const { id } = emulated().workspace();
    await callArm(emulated(), 'auditor', id, { method: 'DELETE' });
    const { body: list } = await admin<Listed>('GET requests');
    const { body } = await admin<{ advice: { role: string; scope: string; command: string }[] }>(
      `GET requests/${list.last}`,
    );
    const [best] = body.advice;
    const { objectId } = emulated().app('auditor');
    expect(best!.command).toBe(
      `az role assignment create --assignee-object-id ${objectId} --assignee-principal-type ServicePrincipal --role '${best!.role}' --scope '${id}'`,
    );
    const roles = await callArm(
      emulated(),
      'platform-admin',
      `${id}/providers/Microsoft.Authorization/roleDefinitions?api-version=2022-04-01&$filter=${encodeURIComponent(`roleName eq '${best!.role}'`)}`,
    );
    await callArm(
      emulated(),
      'platform-admin',
      `${id}/providers/Microsoft.Authorization/roleAssignments/c0ffee00-0000-4000-8000-00000000000a`,
      {
        method: 'PUT',
        body: { properties: { principalId: objectId, roleDefinitionId: roles.body.value[0]!.id } },
      },
    );
    expect((await callArm(emulated(), 'auditor', id, { method: 'DELETE' })).status).toBeLessThan(300);
  });

  test('a request that is gone is not found, and the record can be cleared', async () => {
    expect((await admin('GET requests/999999')).status).toBe(404);
    expect((await admin('DELETE requests')).status).toBe(204);
    expect((await admin<Listed>('GET requests')).body.value).toEqual([]);
    expect(emulated().requests).toHaveLength(0);
  });

  test('they come as events, first those that are known', async () => {
    await postToken(emulated(), secretForm(emulated(), 'trainer'));
    const since = emulated().requests.at(-1)!.sequence - 1;
    const abort = new AbortController();
    const stream = await emulated().fetch(`${emulated().origin}/_emu/api/requests/stream?since=${since}`, {
      signal: abort.signal,
    });
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    const read = async () => (await reader.read()).value ?? '';
    expect(await read()).toBe('retry: 1000\n\n');
    expect(await read()).toMatch(
      new RegExp(`^id: ${since + 1}\\nevent: request\\ndata: \\{.*"caller":"trainer"`),
    );
    await emulated().fetch(`${emulated().origin}/subscriptions`);
    expect(await read()).toMatch(new RegExp(`^id: ${since + 2}\\n.*\\n.*"path":"/subscriptions"`));
    await reader.cancel();
  });

  test('a stream ends with the emulator', async () => {
    const emulator = await startEmulator();
    const stream = await fetch(`http://localhost:${emulator.port}/_emu/api/requests/stream`);
    const text = stream.text().catch(() => 'broken off');
    await emulator.close();
    expect(['retry: 1000\n\n', 'broken off']).toContain(await text);
  });

  test('they are there as an HTTP Archive', async () => {
    await postToken(emulated(), secretForm(emulated(), 'trainer'));
    const { body, headers } = await admin<{ log: { version: string; entries: unknown[] } }>('GET har');
    expect(body.log.version).toBe('1.2');
    expect(body.log.entries).toHaveLength(emulated().requests.length);
    expect(headers.get('content-disposition')).toContain('emulator.har');
  });

  test('the interface itself is not recorded', async () => {
    const { length } = emulated().requests;
    await admin('GET state');
    expect(emulated().requests).toHaveLength(length);
  });
});

describe('clock', () => {
  test('it is set, advanced, frozen, resumed, scaled and reset', async () => {
    const time = '2027-01-01T00:00:00.000Z';
    await admin('POST clock', { action: 'freeze' });
    expect((await admin('POST clock', { set: time })).body).toMatchObject({ time, mode: 'frozen', rate: 0 });
    const { body } = await admin('POST clock', { advance: '1h' });
    expect(body).toMatchObject({ time: '2027-01-01T01:00:00.000Z' });
    expect(emulated().clock.now()).toBe(Date.parse(time) + 3_600_000);
    expect((await admin('POST clock', { rate: 2 })).body).toMatchObject({ mode: 'scaled', rate: 2 });
    expect((await admin('POST clock', { action: 'reset' })).body).toMatchObject({ mode: 'real' });
    expect((await admin('GET clock')).body).toMatchObject({ mode: 'real', offset: 0 });
  });

  test.each([{ set: 'noon' }, { advance: '-1h' }, { rate: 0 }, { action: 'stop' }, { go: 1 }, []])(
    '%j is refused',
    async (body) => {
      const { status, body: answer } = await admin<{ error: { code: string } }>('POST clock', body);
      expect([status, answer.error.code]).toEqual([400, 'AML_CONFIG_INVALID']);
    },
  );
});

describe('faults', () => {
  test('they are added, listed and removed', async () => {
    const added = await admin<Listed>('POST faults', [{ id: 'mine', do: { status: 503 } }, 'slow_down']);
    expect(added.status).toBe(201);
    expect(added.body.value).toMatchObject([{ id: 'mine', hits: 0 }, { do: { aadsts: 90055 } }]);
    expect((await emulated().fetch(emulated().origin)).status).toBe(503);
    expect((await admin<Listed>('GET faults')).body.value[0]).toMatchObject({ id: 'mine', hits: 1 });
    expect((await admin('DELETE faults/mine')).status).toBe(204);
    expect((await admin('DELETE faults/mine')).status).toBe(404);
    expect((await admin('DELETE faults')).status).toBe(204);
    expect(emulated().faults.list()).toEqual([]);
  });

  test('one that makes no sense is refused by name', async () => {
    const { status, body } = await admin<{ error: { message: string; remedy: string } }>('POST faults', {
      do: { status: 9 },
    });
    expect(status).toBe(400);
    expect(body.error.message).toContain('do.status');
    expect(body.error.remedy).toContain('preset');
  });
});

describe('state', () => {
  test('a snapshot can be put back', async () => {
    const { body: snapshot } = await admin('GET snapshot');
    await callArm(emulated(), 'platform-admin', emulated().workspace().id, { method: 'DELETE' });
    expect((await admin('POST restore', snapshot)).status).toBe(204);
    expect(emulated().workspace().name).toBe('ws1');
    expect((await admin('POST restore', { version: 1, tables: {} })).status).toBe(400);
    expect((await admin('POST restore', { version: 1 })).status).toBe(400);
  });

  test('tokens are revoked by name', async () => {
    const form = {
      ...secretForm(emulated(), 'trainer'),
      claims: '{"access_token":{"xms_cc":{"values":["cp1"]}}}',
    };
    const issued = await postToken(emulated(), form);
    const { access_token: token } = (await issued.json()) as { access_token: string };
    expect((await admin('POST revoke', { principal: 'trainer' })).status).toBe(204);
    const answer = await emulated().fetch(`${emulated().origin}/subscriptions?api-version=2022-12-01`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.headers.get('www-authenticate')).toContain('insufficient_claims');
    expect((await admin('POST revoke', { principal: 'nobody' })).status).toBe(404);
  });

  test('says what there is: where, which time, which faults', async () => {
    const { body } = await admin('GET state');
    expect(body).toMatchObject({
      origin: emulated().origin,
      proxy: false,
      faults: [],
      clock: { mode: 'real' },
    });
  });
});

describe('directory', () => {
  test('it has users, applications, groups and identities, and no secret', async () => {
    const { body } = await admin<{ value: Record<string, unknown>[] }>('GET directory');
    const { clientId, objectId, secret } = emulated().app('trainer');
    expect(body.value[0]).toMatchObject({
      name: 'contoso',
      users: expect.arrayContaining([
        expect.objectContaining({ userPrincipalName: 'alice@contoso.onmicrosoft.com', canSignIn: true }),
      ]) as unknown,
      applications: expect.arrayContaining([
        expect.objectContaining({ displayName: 'trainer', clientId, servicePrincipalId: objectId }),
      ]) as unknown,
    });
    expect(JSON.stringify(body)).not.toContain(secret);
    expect(JSON.stringify(body)).not.toMatch(/hash/i);
  });

  test('assignments are told by name', async () => {
    const { body } = await admin<Listed>('GET assignments');
    expect(body.value).toContainEqual(
      expect.objectContaining({
        principal: 'trainer',
        role: 'AzureML Data Scientist',
        scope: emulated().workspace().id,
        isPending: false,
      }),
    );
  });

  test('roles are those of Azure and those of the seed', async () => {
    const { body } = await admin<Listed>('GET roles');
    expect(body.value).toContainEqual(
      expect.objectContaining({ roleName: 'AzureML Data Scientist', roleType: 'BuiltInRole' }),
    );
  });

  test('sign-ins of all tenants are there, the newest first', async () => {
    await postToken(emulated(), secretForm(emulated(), 'trainer'));
    await postToken(emulated(), { ...secretForm(emulated(), 'trainer'), client_secret: 'wrong' });
    const { body } = await admin<Listed>('GET sign-ins');
    expect(body.value[0]).toMatchObject({ event: 'servicePrincipal', appDisplayName: 'trainer' });
    const times = body.value.map(({ createdAt }) => createdAt as number);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(body.value.map(({ errorCode }) => errorCode)).toContain(7000215);
  });

  test('devices that wait can be let in', async () => {
    const form = {
      client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
      scope: 'https://management.azure.com/.default',
    };
    const start = await postToken(emulated(), form, { path: 'oauth2/v2.0/devicecode' });
    const { user_code: userCode } = (await start.json()) as { user_code: string };
    const { body } = await admin<Listed>('GET device-codes');
    expect(body.value).toMatchObject([{ userCode, application: 'Microsoft Azure CLI' }]);
    const upn = 'alice@contoso.onmicrosoft.com';
    expect((await admin(`POST device-codes/${userCode}`, { action: 'approve', upn })).status).toBe(204);
    expect((await admin<Listed>('GET device-codes')).body.value).toEqual([]);
  });
});

test('what is not there is said, and so is the way to ask', async () => {
  expect((await admin('GET nothing')).status).toBe(404);
  const { status, headers } = await admin('PATCH clock', {});
  expect([status, headers.get('allow')]).toEqual([405, 'GET, POST']);
});

test('a token of the emulator is not needed, nor looked at', async () => {
  const authorization = `Bearer ${await tokenOf(emulated(), 'trainer')}`;
  expect((await callAdmin(emulated(), 'GET state', undefined, { authorization })).status).toBe(200);
});
