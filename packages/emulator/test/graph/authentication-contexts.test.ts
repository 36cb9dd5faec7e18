import { expect, test } from 'vitest';

import { callGraph, type GraphAnswer } from '../support/graph.js';
import { graphSeed } from '../support/graph-seed.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: graphSeed });
const call = (method: string, path = '', body?: unknown, caller = 'policy-admin'): Promise<GraphAnswer> =>
  callGraph(emulated(), caller, `/identity/conditionalAccess/authenticationContextClassReferences${path}`, {
    method,
    ...(body === undefined ? {} : { body }),
  });

test('a tenant names its contexts, with POST or PATCH, and takes names away', async () => {
  expect((await call('POST', '', { id: 'c1', displayName: 'Admin', isAvailable: true })).status).toBe(201);
  expect((await call('PATCH', '/c2', { displayName: 'Secrets' })).status).toBe(204);
  expect((await call('PATCH', '/c1', { description: 'For changes' })).status).toBe(204);
  expect((await call('GET')).body.value).toEqual([
    { id: 'c1', displayName: 'Admin', description: 'For changes', isAvailable: true },
    { id: 'c2', displayName: 'Secrets', description: null, isAvailable: false },
  ]);
  expect((await call('DELETE', '/c1')).status).toBe(204);
  expect((await call('GET', '/c1')).status).toBe(404);
  expect((await call('GET', '/c2')).body.displayName).toBe('Secrets');
});

test.each<[string, string, string, unknown]>([
  ['another one of that id', 'POST', '', { id: 'c3', displayName: 'x' }],
  ['an id that is none', 'POST', '', { id: 'c0', displayName: 'x' }],
  ['no name', 'PATCH', '/c4', {}],
  ['an availability that is none', 'PATCH', '/c3', { isAvailable: 'yes' }],
])('%s is refused', async (_, method, path, body) => {
  await call('PATCH', '/c3', { displayName: 'There' });
  expect((await call(method, path, body)).status).toBe(400);
});

test('it takes the permissions of policies', async () => {
  expect((await call('GET', '', undefined, 'reader')).status).toBe(403);
  expect((await call('PATCH', '/c1', { displayName: 'x' }, 'policy-writer')).status).toBe(403);
});
