import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import {
  callerPrincipal,
  findPrincipals,
  getPrincipals,
  graphPath,
  resolvePrincipal,
  type GraphClient,
  type PrincipalReference,
} from '@aml-auth/rbac';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { collect, credentialOf, graphOf, hastyClock } from '../support/emulated.js';

let emulator: Emulator;
let graph: GraphClient;

beforeAll(async () => {
  const [tenant] = demoSeed.tenants;
  emulator = await startEmulator({
    pageSize: 2,
    seed: {
      ...demoSeed,
      tenants: [
        {
          ...tenant!,
          groups: [...tenant!.groups!, { name: 'twins' }, { name: "o'brien" }],
          apps: [
            ...tenant!.apps!,
            { name: 'twins', secrets: [{ value: 'twins-secret-of-the-emulator' }] },
            {
              name: 'reader',
              graphPermissions: ['Application.Read.All'],
              secrets: [{ value: 'reader-secret' }],
            },
          ],
        },
      ],
    },
  });
  graph = graphOf(emulator, 'platform-admin');
});

afterAll(() => emulator.close());

const unknown = '11111111-2222-4333-8444-555555555555';

describe('createGraphClient', () => {
  it('lists over all pages', async () => {
    const names: unknown[] = [];
    for await (const item of graph.list({ path: '/servicePrincipals', query: { $select: 'displayName' } })) {
      names.push((item as { displayName: string }).displayName);
    }
    expect(names).toEqual(expect.arrayContaining(['trainer', 'platform-admin', 'auditor', 'twins']));
    expect(names.length).toBeGreaterThan(4);
  });

  it.each([
    ['another host', 'https://graph.example/v1.0/users'],
    ['another part of the host', 'ORIGIN/subscriptions'],
  ])('sends nothing to %s that a page names as the next', async (_what, link) => {
    const sent: string[] = [];
    const leading: typeof fetch = (input, init) => {
      const { url } = new Request(input, init);
      sent.push(url);
      const next = link.replace('ORIGIN', emulator.origin);
      return Promise.resolve(Response.json({ value: [1], '@odata.nextLink': next }));
    };
    const list = graphOf(emulator, 'trainer', leading).list({ path: '/users' });
    const reading = collect(list);
    await expect(reading).rejects.toMatchObject({ code: 'AML_UNTRUSTED_HOST' });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['no list', {}],
    ['a page that comes again', { value: [], '@odata.nextLink': 'SAME' }],
    ['a link that is no URL', { value: [], '@odata.nextLink': 7 }],
  ])('refuses %s', async (_what, body) => {
    const broken: typeof fetch = (input, init) => {
      const text = JSON.stringify(body).replace('SAME', new Request(input, init).url);
      return Promise.resolve(new Response(text));
    };
    const list = graphOf(emulator, 'trainer', broken).list({ path: '/users' });
    await expect(collect(list)).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID' });
  });

  it("tells Microsoft Graph's own code and request id", async () => {
    const refused = graphOf(emulator, 'trainer').request({ method: 'GET', path: '/users' });
    await expect(refused).rejects.toMatchObject({
      code: 'AML_FORBIDDEN',
      armCode: 'Authorization_RequestDenied',
      correlation: { requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string },
    });
  });

  it('waits as long as Microsoft Graph asks for', async () => {
    const clock = hastyClock();
    emulator.faults.add({
      match: { path: '/graph/v1.0/users' },
      do: { status: 429, headers: { 'retry-after': '20' } },
      times: 1,
    });
    const waiting = graphOf(emulator, 'platform-admin', emulator.fetch, { clock, random: () => 0 });
    const { status } = await waiting.request({ method: 'GET', path: '/users' });
    expect([status, clock.waits]).toEqual([200, [20_500]]);
  });
});

describe('graphPath', () => {
  it('keeps what is put in within its place, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
        fc.pre(text !== '.' && text !== '..');
        const { pathname, search, hash } = new URL(graphPath`https://h/a/${text}/b`);
        const [, a, part = '', b, ...rest] = pathname.split('/');
        expect([a, b, rest, search, hash]).toEqual(['a', 'b', [], '', '']);
        expect(decodeURIComponent(part)).toBe(text.replaceAll("'", "''"));
      }),
    );
  });

  it.each(['', '.', '..'])('refuses %j', (part) => {
    expect(() => graphPath`/users/${part}`).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
  });
});

describe('resolvePrincipal', () => {
  const trainer = () => {
    const { objectId, clientId } = emulator.app('trainer');
    const rest = { displayName: 'trainer', managedIdentity: false };
    return { objectId, type: 'ServicePrincipal', appId: clientId, ...rest };
  };
  const applicationObjectId = async () => {
    const path = graphPath`/applications(appId='${emulator.app('trainer').clientId}')`;
    const { body } = await graph.request({ method: 'GET', path });
    return (body as { id: string }).id;
  };

  it('finds a service principal by its object id, its application id, its name and its application', async () => {
    const { objectId, clientId } = emulator.app('trainer');
    const references: readonly PrincipalReference[] = [
      objectId.toUpperCase(),
      { objectId },
      clientId,
      { appId: clientId },
      'trainer',
      { name: 'Trainer', type: 'ServicePrincipal' },
      await applicationObjectId(),
    ];
    for (const reference of references) {
      expect(await resolvePrincipal(graph, reference), JSON.stringify(reference)).toEqual(trainer());
    }
  });

  it('finds users and groups', async () => {
    const { id, name } = emulator.user('alice@contoso');
    const alice = { objectId: id, type: 'User', displayName: 'Alice', userPrincipalName: name };
    for (const reference of [id, name, name.toUpperCase(), { userPrincipalName: name }, 'Alice']) {
      expect(await resolvePrincipal(graph, reference)).toEqual(alice);
    }
    const group = { objectId: emulator.group("o'brien").id, type: 'Group', displayName: "o'brien" };
    expect(await resolvePrincipal(graph, "o'brien")).toEqual(group);
    expect(await resolvePrincipal(graph, group.objectId)).toEqual(group);
  });

  it('tells a managed identity from an application', async () => {
    const { principalId } = emulator.identity('id-cluster');
    expect(await resolvePrincipal(graph, principalId)).toMatchObject({
      type: 'ServicePrincipal',
      managedIdentity: true,
    });
  });

  it('refuses a name that fits several, and names them', async () => {
    await expect(resolvePrincipal(graph, 'twins')).rejects.toMatchObject({
      code: 'AML_AMBIGUOUS',
      message: expect.stringMatching(
        new RegExp(`${emulator.group('twins').id}.*${emulator.app('twins').objectId}`),
      ) as string,
    });
    expect(await resolvePrincipal(graph, { name: 'twins', type: 'Group' })).toMatchObject({ type: 'Group' });
    expect(await findPrincipals(graph, { name: 'twins' })).toHaveLength(2);
  });

  it.each([unknown, 'nobody', 'nobody@contoso.onmicrosoft.com', 'api://nothing', { appId: unknown }])(
    'says that %j is not there',
    async (reference) => {
      await expect(resolvePrincipal(graph, reference)).rejects.toMatchObject({ code: 'AML_NOT_FOUND' });
    },
  );

  it('says that an application has no service principal', async () => {
    const { body } = await graph.request({
      method: 'POST',
      path: '/applications',
      body: { displayName: 'lonely' },
    });
    const { id, appId } = body as { id: string; appId: string };
    for (const reference of [id, appId]) {
      await expect(resolvePrincipal(graph, reference)).rejects.toMatchObject({
        code: 'AML_NOT_FOUND',
        message: expect.stringContaining('no service principal') as string,
        remedy: `Create one: az ad sp create --id ${appId}`,
      });
    }
  });

  it.each<[string, PrincipalReference]>([
    ['an id that is none', { objectId: 'x' }],
    ['an empty name', ' '],
    ['an application id that is none', { appId: 'trainer' }],
    ['a token that says nothing', { token: 'opaque' }],
  ])('refuses %s', async (_what, reference) => {
    await expect(resolvePrincipal(graph, reference)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });

  it('needs no Microsoft Graph for an object id with its type, or for the caller', async () => {
    const before = emulator.requests.length;
    const reference = { objectId: unknown.toUpperCase(), type: 'Group' as const };
    expect(await resolvePrincipal(undefined, reference)).toEqual({ objectId: unknown, type: 'Group' });
    const credential = credentialOf(emulator, 'trainer');
    const caller = await callerPrincipal(credential, { cloud: emulator.cloud });
    expect(caller).toMatchObject({
      objectId: emulator.app('trainer').objectId,
      appId: emulator.app('trainer').clientId,
      type: 'ServicePrincipal',
      managedIdentity: false,
    });
    const { token } = await credential.getToken(`${emulator.cloud.resourceManager.audience}/.default`);
    expect(await resolvePrincipal(undefined, { token })).toEqual(caller);
    const asked = emulator.requests.slice(before);
    expect(asked.filter(({ path }) => path.startsWith('/graph'))).toEqual([]);
    await expect(resolvePrincipal(undefined, 'trainer')).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      remedy: expect.stringContaining('asks Microsoft Graph nothing') as string,
    });
  });

  it('answers as far as the permissions of the caller go', async () => {
    const { objectId, clientId } = emulator.app('trainer');
    const reader = graphOf(emulator, 'reader');
    for (const id of [objectId, clientId]) expect(await resolvePrincipal(reader, id)).toEqual(trainer());
    for (const reference of [emulator.user('alice@contoso').id, 'twins']) {
      await expect(resolvePrincipal(reader, reference)).rejects.toMatchObject({
        code: 'AML_FORBIDDEN',
        armCode: 'Authorization_RequestDenied',
        remedy: expect.stringContaining('asks Microsoft Graph nothing') as string,
      });
    }
  });
});

describe('getPrincipals', () => {
  it('finds those that exist, of whichever kind', async () => {
    const ids = [
      emulator.group('twins').id,
      emulator.app('trainer').objectId,
      emulator.user('bob@contoso').id,
    ];
    const found = await getPrincipals(graph, [...ids, unknown, ids[0]!]);
    expect(ids.map((id) => found.get(id)?.type)).toEqual(['Group', 'ServicePrincipal', 'User']);
    expect(found.size).toBe(3);
    await expect(getPrincipals(graph, ['x'])).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });
});
