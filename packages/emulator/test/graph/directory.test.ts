import { describe, expect, test } from 'vitest';

import { callArm } from '../support/emulated.js';
import { callGraph, namesIn } from '../support/graph.js';
import { graphSeed } from '../support/graph-seed.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: graphSeed });
const UNKNOWN = '11111111-2222-4333-8444-555555555555';

const read = (path: string): ReturnType<typeof callGraph> => callGraph(emulated(), 'reader', path);
const write = (method: string, path: string, body?: unknown): ReturnType<typeof callGraph> =>
  callGraph(emulated(), 'group-admin', path, { method, body });
const post = (path: string, body: unknown): ReturnType<typeof callGraph> =>
  callGraph(emulated(), 'reader', path, { method: 'POST', body });
const reference = (id: string): object => ({
  '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
});

describe('users', () => {
  test('by object id, and by name in any case', async () => {
    const { id, name } = emulated().user('alice@contoso');
    const { body } = await read(`/users/${id}`);
    expect(body).toMatchObject({
      '@odata.context': `${emulated().origin}/graph/v1.0/$metadata#users/$entity`,
      id,
      displayName: 'Alice',
      userPrincipalName: 'alice@contoso.onmicrosoft.com',
    });
    expect(body).not.toHaveProperty('accountEnabled');
    expect((await read(`/users/${name.toUpperCase()}`)).body.id).toBe(id);
    expect((await read(`/users('${name}')`)).body.id).toBe(id);
  });

  test('one that does not exist is not found, word for word', async () => {
    const answer = await read('/users/nobody@contoso');
    expect(answer).toMatchObject({ status: 404, code: 'Request_ResourceNotFound' });
    expect(answer.body.error.message).toBe(
      "Resource 'nobody@contoso' does not exist or one of its queried reference-property objects are not present.",
    );
  });

  test('show neither their password nor their second factor, whatever is selected', async () => {
    const { body } = await read('/users?$select=displayName,passwordHash,passwordProfile,mfa');
    expect(body.value[0]).toEqual({ displayName: 'Alice' });
  });
});

describe('queries', () => {
  test.each([
    ["/users?$filter=userPrincipalName eq 'ALICE@contoso.onmicrosoft.com'", ['Alice']],
    ["/users?$filter=startswith(displayName,'a') and accountEnabled eq true", ['Alice']],
    ["/users?$filter=displayName eq 'O''Neill'", []],
    ["/groups?$filter=startswith(displayName,'e')", ['everybody', 'empty']],
    ["/applications?filter=displayName eq 'reader'", ['reader']],
  ])('%s', async (path, names) => {
    expect(namesIn(await read(path))).toEqual(names);
  });

  test('$select leaves out the rest, in lists and in single objects', async () => {
    const { body } = await read("/users?$select=id,displayName&$filter=displayName eq 'Alice'");
    const { id } = emulated().user('alice@contoso');
    expect(body).toEqual({
      '@odata.context': `${emulated().origin}/graph/v1.0/$metadata#users(id,displayName)`,
      value: [{ id, displayName: 'Alice' }],
    });
    expect((await read(`/users/${id}?$select=accountEnabled`)).body).toMatchObject({ accountEnabled: true });
  });

  test('$top pages, and the next link leads through all of it', async () => {
    const names: string[] = [];
    let pages = 0;
    let path: string | undefined = '/applications?$top=4&$select=displayName';
    while (path !== undefined) {
      const answer = await read(path);
      names.push(...namesIn(answer));
      pages += 1;
      path = answer.body['@odata.nextLink'];
      if (path !== undefined) expect(path).toContain('$skiptoken=');
    }
    expect(pages).toBe(Math.ceil(names.length / 4));
    expect(names).toEqual(namesIn(await read('/applications')));
  });

  test('$count adds how many there are in all', async () => {
    const { body } = await read('/groups?$count=true&$top=1');
    expect(body).toMatchObject({ '@odata.count': 3, value: [{}] });
  });

  test.each([
    ['$search="displayName:x"', 'Request_UnsupportedQuery'],
    ['$expand=members', 'Request_UnsupportedQuery'],
    ['$orderby=displayName', 'Request_UnsupportedQuery'],
    ["$filter=displayName ne 'x'", 'Request_UnsupportedQuery'],
    ["$filter=nonsense eq 'x'", 'Request_BadRequest'],
    ["$filter=constructor eq 'x'", 'Request_BadRequest'],
    ['$top=0', 'Request_BadRequest'],
    ['$top=1000', 'Request_BadRequest'],
    ['$skiptoken=nonsense', 'Directory_ExpiredPageToken'],
  ])('%s is refused', async (query, code) => {
    expect(await read(`/groups?${query}`)).toMatchObject({ status: 400, code });
  });
});

describe('groups', () => {
  const group = (name: string): string => emulated().group(name).id;

  test('show their members, directly and through others', async () => {
    expect(namesIn(await read(`/groups/${group('everybody')}/members`))).toEqual(['data-science', 'trainer']);
    const all = namesIn(await read(`/groups/${group('everybody')}/transitiveMembers`));
    expect(all.toSorted()).toEqual(['Alice', 'data-science', 'trainer']);
  });

  test('can be made, changed and removed', async () => {
    const body = { displayName: 'new', mailNickname: 'new', mailEnabled: false, securityEnabled: true };
    const made = await write('POST', '/groups', body);
    expect(made).toMatchObject({ status: 201, body: { displayName: 'new', securityEnabled: true } });
    const path = `/groups/${made.body.id}`;
    expect(await write('PATCH', path, { description: 'changed' })).toMatchObject({ status: 204 });
    expect((await read(path)).body).toMatchObject({ displayName: 'new', description: 'changed' });
    expect(await write('DELETE', path)).toMatchObject({ status: 204 });
    expect(await read(path)).toMatchObject({ status: 404 });
  });

  test.each([
    [{ displayName: 'x', mailNickname: 'x', mailEnabled: true, securityEnabled: true }],
    [
      {
        displayName: 'x',
        mailNickname: 'x',
        mailEnabled: false,
        securityEnabled: true,
        groupTypes: ['Unified'],
      },
    ],
    [{ displayName: 'x', mailNickname: 'x', securityEnabled: true }],
    [{ mailNickname: 'x', mailEnabled: false, securityEnabled: true }],
    [{ displayName: 'x'.repeat(257), mailNickname: 'x', mailEnabled: false, securityEnabled: true }],
    ['text'],
  ])('%j makes none', async (body) => {
    expect(await write('POST', '/groups', body)).toMatchObject({ status: 400, code: 'Request_BadRequest' });
  });

  test('take and lose members', async () => {
    const { objectId } = emulated().app('auditor');
    const path = `/groups/${group('empty')}/members`;
    expect(await write('POST', `${path}/$ref`, reference(objectId))).toMatchObject({ status: 204 });
    expect(namesIn(await read(path))).toEqual(['auditor']);
    const twice = await write('POST', `${path}/$ref`, reference(objectId));
    expect(twice).toMatchObject({ status: 400, code: 'Request_BadRequest' });
    expect(twice.body.error.message).toContain('already exist');
    expect(await write('DELETE', `${path}/${objectId}/$ref`)).toMatchObject({ status: 204 });
    expect(await write('DELETE', `${path}/${objectId}/$ref`)).toMatchObject({ status: 404 });
    expect(namesIn(await read(path))).toEqual([]);
  });

  test.each([
    [reference(UNKNOWN), 404],
    [{ '@odata.id': 'nonsense' }, 400],
    [{}, 400],
  ])('a member %j is refused', async (body, status) => {
    expect(await write('POST', `/groups/${group('empty')}/members/$ref`, body)).toMatchObject({ status });
  });

  test('a new member may at once what the group may in Azure, and no longer than it is one', async () => {
    const { objectId } = emulated().app('group-admin');
    const scope = `/subscriptions/${emulated().subscription('dev').id}/resourceGroups/rg-ml`;
    const path = `/groups/${group('data-science')}/members`;
    expect(await callArm(emulated(), 'group-admin', scope)).toMatchObject({ status: 403 });
    await write('POST', `${path}/$ref`, reference(objectId));
    const allowed = await callArm(emulated(), 'group-admin', scope);
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('x-emu-decision')).toContain('through=');
    await write('DELETE', `${path}/${objectId}/$ref`);
    expect(await callArm(emulated(), 'group-admin', scope)).toMatchObject({ status: 403 });
  });
});

describe('memberships', () => {
  test('directly, and through others', async () => {
    const { id } = emulated().user('alice@contoso');
    expect(namesIn(await read(`/users/${id}/memberOf`))).toEqual(['data-science']);
    for (const path of ['transitiveMemberOf', 'transitiveMemberOf/microsoft.graph.group']) {
      expect(namesIn(await read(`/users/${id}/${path}`)).toSorted()).toEqual(['data-science', 'everybody']);
    }
    expect((await read(`/users/${id}/memberOf`)).body.value).toMatchObject([
      { '@odata.type': '#microsoft.graph.group' },
    ]);
  });

  test('of service principals and groups', async () => {
    const { objectId, clientId } = emulated().app('trainer');
    expect(namesIn(await read(`/servicePrincipals/${objectId}/transitiveMemberOf`))).toEqual(['everybody']);
    expect(namesIn(await read(`/servicePrincipals(appId='${clientId}')/memberOf`))).toEqual(['everybody']);
    const group = emulated().group('data-science').id;
    expect(namesIn(await read(`/groups/${group}/memberOf`))).toEqual(['everybody']);
  });

  test.each(['directoryObjects', 'users'])('getMemberGroups of %s', async (collection) => {
    const { id } = emulated().user('alice@contoso');
    const groups = ['data-science', 'everybody'].map((name) => emulated().group(name).id);
    for (const name of ['getMemberGroups', 'getMemberObjects']) {
      const { body } = await post(`/${collection}/${id}/${name}`, { securityEnabledOnly: true });
      expect([...(body.value as unknown as string[])].toSorted()).toEqual(groups.toSorted());
    }
  });

  test('checkMemberGroups keeps those that fit', async () => {
    const { id } = emulated().user('alice@contoso');
    const [everybody, empty] = ['everybody', 'empty'].map((name) => emulated().group(name).id);
    const { body } = await post(`/users/${id}/checkMemberGroups`, { groupIds: [everybody, empty, UNKNOWN] });
    expect(body.value).toEqual([everybody]);
  });

  test('what does not exist, or is no id, is refused', async () => {
    const body = { securityEnabledOnly: false };
    expect(await post(`/directoryObjects/${UNKNOWN}/getMemberGroups`, body)).toMatchObject({ status: 404 });
    expect(await post('/directoryObjects/x/getMemberGroups', body)).toMatchObject({ status: 400 });
    const { id } = emulated().user('alice@contoso');
    const path = `/users/${id}/getMemberGroups`;
    expect(await post(path, { securityEnabledOnly: 'x' })).toMatchObject({ status: 400 });
  });
});

describe('directory objects', () => {
  test('getByIds finds every kind, leaves out what does not exist, and says what each is', async () => {
    const user = emulated().user('alice@contoso').id;
    const group = emulated().group('empty').id;
    const { objectId } = emulated().app('trainer');
    const ids = [user, group, objectId.toUpperCase(), UNKNOWN];
    const { status, body } = await post('/directoryObjects/getByIds', { ids });
    expect(status).toBe(200);
    expect(body.value).toMatchObject([
      { id: user, '@odata.type': '#microsoft.graph.user' },
      { id: group, '@odata.type': '#microsoft.graph.group' },
      { id: objectId, '@odata.type': '#microsoft.graph.servicePrincipal' },
    ]);
    const types = ['group', 'directoryObjectPartnerReference'];
    const groups = await post('/directoryObjects/getByIds', { ids, types });
    expect(groups.body.value).toMatchObject([{ id: group }]);
  });

  test.each([
    [{}],
    [{ ids: [] }],
    [{ ids: ['x'] }],
    [{ ids: Array.from({ length: 1001 }, () => UNKNOWN) }],
    [{ ids: [UNKNOWN], types: ['nonsense'] }],
  ])('getByIds refuses a wrong body', async (body) => {
    expect(await post('/directoryObjects/getByIds', body)).toMatchObject({ status: 400 });
  });

  test('one by id', async () => {
    const group = emulated().group('empty').id;
    expect((await read(`/directoryObjects/${group}`)).body).toMatchObject({
      '@odata.type': '#microsoft.graph.group',
      displayName: 'empty',
    });
    expect(await read(`/directoryObjects/${UNKNOWN}`)).toMatchObject({ status: 404 });
  });

  test("the organization is the caller's tenant", async () => {
    const { id } = emulated().tenant('contoso');
    expect((await read('/organization')).body.value).toMatchObject([
      { id, displayName: 'contoso', verifiedDomains: [{ name: 'contoso.onmicrosoft.com', isDefault: true }] },
    ]);
    expect(await read(`/organization/${emulated().tenant('fabrikam').id}`)).toMatchObject({ status: 404 });
  });
});
