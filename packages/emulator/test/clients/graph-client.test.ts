import { Client } from '@microsoft/microsoft-graph-client';
import { trustEmulator } from '@aml-auth/emulator';
import { beforeAll, expect, test } from 'vitest';

import { tokenOf } from '../support/emulated.js';
import { GRAPH_SCOPE } from '../support/graph.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();

beforeAll(() => {
  trustEmulator(emulated());
});

function client(app: string, host = 'localhost'): Client {
  return Client.init({
    baseUrl: `${emulated().origin}/graph/`,
    // Without the port: with it, the client leaves its token out.
    customHosts: new Set([host]),
    authProvider(done) {
      tokenOf(emulated(), app, GRAPH_SCOPE).then(
        (token) => done(null, token),
        (error: unknown) => done(error, null),
      );
    },
  });
}

interface Made {
  readonly id: string;
  readonly appId: string;
  readonly secretText: string;
}

test('an unmodified Microsoft Graph client makes an application over TLS and reads it back', async () => {
  const graph = client('platform-admin');
  const made = (await graph.api('/applications').post({ displayName: 'MyApp' })) as Made;
  await graph.api('/servicePrincipals').post({ appId: made.appId });
  const { secretText } = (await graph.api(`/applications/${made.id}/addPassword`).post({})) as Made;
  expect(secretText).toHaveLength(40);
  const found = (await graph
    .api('/servicePrincipals')
    .filter(`servicePrincipalNames/any(c:c eq '${made.appId}')`)
    .select(['id', 'displayName'])
    .get()) as { value: unknown[] };
  expect(found.value).toMatchObject([{ displayName: 'MyApp' }]);
  await graph.api(`/applications/${made.id}`).update({ notes: 'changed' });
  await graph.api(`/applications/${made.id}`).delete();
  await expect(graph.api(`/applications/${made.id}`).get()).rejects.toMatchObject({
    statusCode: 404,
    code: 'Request_ResourceNotFound',
  });
});

test('it understands a refusal', async () => {
  await expect(client('trainer').api('/users').get()).rejects.toMatchObject({
    statusCode: 403,
    code: 'Authorization_RequestDenied',
    message: 'Insufficient privileges to complete the operation.',
  });
});

test('it follows pages', async () => {
  const graph = client('platform-admin');
  const first = (await graph.api('/applications').top(2).get()) as {
    '@odata.nextLink': string;
    value: unknown[];
  };
  expect(first.value).toHaveLength(2);
  const second = (await graph.api(first['@odata.nextLink']).get()) as { value: unknown[] };
  expect(second.value).toHaveLength(1);
});

test('with a custom host that has a port it sends no token', async () => {
  const host = new URL(emulated().origin).host;
  await expect(client('platform-admin', 'example.com').api('/users').get()).rejects.toMatchObject({
    statusCode: 401,
    code: 'InvalidAuthenticationToken',
  });
  await expect(client('platform-admin', host).api('/users').get()).rejects.toThrow();
});
