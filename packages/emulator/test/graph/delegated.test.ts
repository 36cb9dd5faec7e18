import { describe, expect, test } from 'vitest';

import { callGraph, userToken, type GraphAnswer } from '../support/graph.js';
import { graphSeed } from '../support/graph-seed.js';
import { authorizeUrl, redeem, tokensOf } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const [contoso, ...others] = graphSeed.tenants;
const emulated = withEmulator({
  seed: {
    ...graphSeed,
    tenants: [
      {
        ...contoso!,
        users: [
          ...contoso!.users!,
          { upn: 'boss@contoso', password: 'boss', roles: ['Global Administrator'] },
        ],
      },
      ...others,
    ],
  },
});

/** A token of `desktop`, to which the user consented on the pages. */
async function consented(upn: string, ...scopes: readonly string[]): Promise<string> {
  const client = { client_id: emulated().app('desktop').clientId };
  const scope = scopes.map((name) => `https://graph.microsoft.com/${name}`).join(' ');
  const url = authorizeUrl(emulated(), { ...client, scope });
  const { fields } = await emulated().signIn({ upn, url });
  return (await tokensOf(redeem(emulated(), fields['code']!, client))).access_token;
}

const get = async (upn: string, path: string, ...scopes: readonly string[]): Promise<GraphAnswer> =>
  callGraph(emulated(), await consented(upn, ...scopes), path);

describe('on behalf of a user, an application may no more than it was allowed to', () => {
  test.each<[string, string[], number]>([
    ['/me', ['User.Read'], 200],
    ['/organization', ['User.Read'], 200],
    ['/users', ['User.Read'], 403],
    ['/users', ['User.ReadBasic.All'], 200],
    ['/users', ['Directory.Read.All'], 200],
    ['/groups', ['User.Read.All'], 403],
    ['/groups', ['Group.Read.All'], 200],
    ['/applications', ['Application.Read.All'], 200],
  ])('%s with %j', async (path, scopes, expected) => {
    const { status, headers } = await get('owner@contoso', path, ...scopes);
    expect(status).toBe(expected);
    expect(headers.get('x-emu-decision')).toMatch(
      expected === 200 ? /^allow; / : /the client needs one of the scopes: /,
    );
  });

  test('and two permissions are needed where one is not enough', async () => {
    const path = '/identity/conditionalAccess/policies';
    const write = async (...scopes: readonly string[]): Promise<number> =>
      (
        await callGraph(emulated(), await consented('boss@contoso', ...scopes), path, {
          method: 'POST',
          body: {},
        })
      ).status;
    expect(await write('Policy.ReadWrite.ConditionalAccess')).toBe(403);
    expect(await write('Policy.ReadWrite.ConditionalAccess', 'Policy.Read.All')).toBe(400);
  });
});

test('nor more than the user, whatever it was allowed to', async () => {
  expect((await get('owner@contoso', '/identity/conditionalAccess/policies', 'Policy.Read.All')).status).toBe(
    403,
  );
  expect((await get('boss@contoso', '/identity/conditionalAccess/policies', 'Policy.Read.All')).status).toBe(
    200,
  );
});

test('Azure CLI may what its user may', async () => {
  const token = await userToken(emulated(), 'boss@contoso', 'boss');
  expect((await callGraph(emulated(), token, '/identity/conditionalAccess/policies')).status).toBe(200);
});
