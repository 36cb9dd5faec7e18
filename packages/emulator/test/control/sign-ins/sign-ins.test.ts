import { beforeEach, describe, expect, test } from 'vitest';

import { callArm, postToken, secretForm } from '../../support/emulated.js';
import { callGraph } from '../../support/graph.js';
import { withEmulator } from '../../support/with-emulator.js';

const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const NOW = Date.parse('2026-11-22T09:00:00Z');

const emulated = withEmulator({
  seed: {
    clock: { now: new Date(NOW).toISOString(), mode: 'frozen' },
    tenants: [
      {
        name: 'contoso',
        users: [{ upn: 'alice@contoso', password: 'Pa55w0rd!' }],
        apps: [
          { name: 'trainer', secrets: [{ value: 'dev-secret' }] },
          { name: 'auditor', secrets: [{ value: 'dev-secret' }], graphPermissions: ['AuditLog.Read.All'] },
        ],
        conditionalAccess: [
          { name: 'mfa later', users: ['all'], apps: ['arm'], grant: 'mfa', state: 'report-only' },
          { name: 'no graph', users: ['alice@contoso'], apps: ['graph'], grant: 'block' },
          { name: 'off', users: ['all'], apps: ['all'], grant: 'block', state: 'disabled' },
        ],
      },
    ],
    hosts: [{ kind: 'vm', as: 'system' }],
    subscriptions: [{ name: 'dev', resourceGroups: [{ name: 'rg-ml' }] }],
  },
});

interface SignInBody {
  readonly id: string;
  readonly createdDateTime: string;
  readonly userPrincipalName: string;
  readonly status: { readonly errorCode: number; readonly failureReason: string };
  readonly signInEventTypes: readonly string[];
  readonly appliedConditionalAccessPolicies: readonly { displayName: string; result: string }[];
}

/** The log, newest first, without the sign-ins of whoever reads it. */
async function signIns(filter?: string): Promise<readonly SignInBody[]> {
  const query = filter === undefined ? '' : `?$filter=${encodeURIComponent(filter)}`;
  const { status, body } = await callGraph(emulated(), 'auditor', `/auditLogs/signIns${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  const { clientId } = emulated().app('auditor');
  return (body.value as unknown as (SignInBody & { appId: string })[]).filter(
    ({ appId }) => appId !== clientId,
  );
}

const password = (scope: string, secret = 'Pa55w0rd!') =>
  postToken(emulated(), {
    grant_type: 'password',
    client_id: AZURE_CLI,
    username: 'alice@contoso.onmicrosoft.com',
    password: secret,
    scope,
  });

beforeEach(() => {
  // Each test on a day of its own: the log outlasts restoring.
  emulated().clock.advance('1d');
});

const today = () => `createdDateTime ge ${new Date(emulated().clock.now()).toISOString()}`;

describe('who signs in', () => {
  test('a user, with what every policy said', async () => {
    expect((await password('https://management.azure.com/.default')).status).toBe(200);
    const [signIn] = await signIns(today());
    expect(signIn).toMatchObject({
      userPrincipalName: 'alice@contoso.onmicrosoft.com',
      userId: emulated().user('alice@contoso').id,
      appId: AZURE_CLI,
      appDisplayName: 'Microsoft Azure CLI',
      resourceDisplayName: 'Windows Azure Service Management API',
      signInEventTypes: ['interactiveUser'],
      conditionalAccessStatus: 'notApplied',
      status: { errorCode: 0 },
      appliedConditionalAccessPolicies: [
        { displayName: 'mfa later', result: 'reportOnlyInterrupted', enforcedGrantControls: ['Mfa'] },
        { displayName: 'no graph', result: 'notApplied', enforcedGrantControls: ['Block'] },
        { displayName: 'off', result: 'notEnabled' },
      ],
    });
  });

  test('a user whom a policy keeps out, and one whose password is wrong', async () => {
    await password('https://graph.microsoft.com/.default');
    await password('https://management.azure.com/.default', 'wrong');
    const [wrong, blocked] = await signIns(today());
    expect(blocked).toMatchObject({ status: { errorCode: 53003 }, conditionalAccessStatus: 'failure' });
    expect(blocked!.appliedConditionalAccessPolicies[1]).toMatchObject({ result: 'failure' });
    expect(wrong).toMatchObject({
      userPrincipalName: 'alice@contoso.onmicrosoft.com',
      status: { errorCode: 50126 },
    });
  });

  test('from the address that policies go by', async () => {
    const form = { ...secretForm(emulated(), 'trainer') };
    await postToken(emulated(), form, { headers: { 'x-forwarded-for': '203.0.113.7, 10.0.0.1' } });
    await postToken(emulated(), form, { headers: { 'x-forwarded-for': 'nonsense' } });
    expect(await signIns(today())).toMatchObject([{ ipAddress: '127.0.0.1' }, { ipAddress: '203.0.113.7' }]);
  });

  test('whatever the query says', async () => {
    const path = 'oauth2/v2.0/token?x=%2F%00';
    await postToken(emulated(), { ...secretForm(emulated(), 'trainer'), client_secret: 'wrong' }, { path });
    expect(await signIns(today())).toMatchObject([{ status: { errorCode: 7000215 } }]);
  });

  test('an application, also one that fails', async () => {
    await postToken(emulated(), secretForm(emulated(), 'trainer'));
    await postToken(emulated(), { ...secretForm(emulated(), 'trainer'), client_secret: 'wrong' });
    const [failed, succeeded] = await signIns(today());
    const { clientId, objectId } = emulated().app('trainer');
    const about = {
      appId: clientId,
      appDisplayName: 'trainer',
      servicePrincipalId: objectId,
      signInEventTypes: ['servicePrincipal'],
      userPrincipalName: '',
    };
    expect(succeeded).toMatchObject({ ...about, status: { errorCode: 0 } });
    expect(failed).toMatchObject({ ...about, status: { errorCode: 7000215 } });
    expect(failed!.status.failureReason).toMatch(/^Invalid client secret/);
  });

  test('a managed identity', async () => {
    await emulated().fetch(
      `http://localhost:${emulated().port}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/`,
      { headers: { metadata: 'true' } },
    );
    const [signIn] = await signIns(today());
    expect(signIn).toMatchObject({ signInEventTypes: ['managedIdentity'], status: { errorCode: 0 } });
  });

  test('nobody, while a device waits', async () => {
    const form = { client_id: AZURE_CLI, scope: 'https://management.azure.com/.default' };
    const start = await postToken(emulated(), form, { path: 'oauth2/v2.0/devicecode' });
    const { device_code: code, user_code: userCode } = (await start.json()) as Record<string, string>;
    const poll = () =>
      postToken(emulated(), { grant_type: 'device_code', device_code: code!, client_id: AZURE_CLI });
    await poll();
    expect(await signIns(today())).toEqual([]);
    emulated().approveDeviceCode(userCode!, 'alice@contoso');
    await poll();
    expect(await signIns(today())).toHaveLength(1);
  });
});

describe('reading the log', () => {
  test.each([
    [`userPrincipalName eq 'Alice@contoso.onmicrosoft.com'`, 1],
    [`startswith(userPrincipalName,'alice')`, 1],
    [`appId eq '${AZURE_CLI}'`, 1],
    [`status/errorCode eq 0`, 1],
    [`status/errorCode ne 0`, undefined],
    [`signInEventTypes/any(t: t eq 'servicePrincipal')`, 1],
    [`status/errorCode gt 50000`, 1],
  ])('the filter %s finds %s', async (filter, count) => {
    await password('https://management.azure.com/.default');
    await postToken(emulated(), { ...secretForm(emulated(), 'trainer'), client_secret: 'wrong' });
    const found = signIns(`${today()} and ${filter}`);
    if (count === undefined) await expect(found).rejects.toThrow(/UnsupportedQuery/);
    else expect(await found).toHaveLength(count);
  });

  test('times are compared, not texts', async () => {
    await postToken(emulated(), secretForm(emulated(), 'trainer'));
    const at = emulated().clock.now();
    const zone = new Date(at + 7_200_000).toISOString().replace('Z', '+02:00');
    expect(await signIns(`createdDateTime eq ${zone}`)).toHaveLength(1);
    expect(await signIns(`createdDateTime gt ${zone}`)).toEqual([]);
    const seconds = new Date(at).toISOString().slice(0, 19);
    expect(await signIns(`createdDateTime ge ${seconds}Z and createdDateTime le ${seconds}Z`)).toHaveLength(
      1,
    );
  });

  test('one by its id, and none by another', async () => {
    await postToken(emulated(), secretForm(emulated(), 'trainer'));
    const [signIn] = await signIns(today());
    const { body } = await callGraph(emulated(), 'auditor', `/auditLogs/signIns/${signIn!.id}`);
    expect(body.id).toBe(signIn!.id);
    const other = await callGraph(emulated(), 'auditor', '/auditLogs/signIns/nothing');
    expect(other.status).toBe(404);
  });

  test('takes AuditLog.Read.All', async () => {
    const { status, headers } = await callGraph(emulated(), 'trainer', '/auditLogs/signIns');
    expect(status).toBe(403);
    expect(headers.get('x-emu-decision')).toContain('AuditLog.Read.All');
  });
});

test('calls that are no sign-ins are not in the log', async () => {
  await callArm(emulated(), 'trainer', '/subscriptions');
  expect(await signIns(today())).toHaveLength(1);
});

test('what went wrong on the pages: a wrong password, and a policy that keeps a user out', async () => {
  const url = new URL(`${emulated().origin}/organizations/oauth2/v2.0/authorize`);
  url.search = new URLSearchParams({
    client_id: AZURE_CLI,
    response_type: 'code',
    redirect_uri: 'http://localhost:9/',
    scope: 'https://graph.microsoft.com/.default',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }).toString();
  const upn = 'alice@contoso';
  await expect(emulated().signIn({ upn, url: url.href, password: 'wrong' })).rejects.toThrow(/50126/);
  await expect(emulated().signIn({ upn, url: url.href })).rejects.toThrow(/53003/);
  const found = await signIns(today());
  expect(found.map(({ status }) => status.errorCode)).toEqual([53003, 50126]);
  expect(found[0]).toMatchObject({
    userId: emulated().user(upn).id,
    appDisplayName: 'Microsoft Azure CLI',
    clientAppUsed: 'Browser',
    conditionalAccessStatus: 'failure',
  });
  expect(found[1]).toMatchObject({ userPrincipalName: 'alice@contoso.onmicrosoft.com', isInteractive: true });
});
