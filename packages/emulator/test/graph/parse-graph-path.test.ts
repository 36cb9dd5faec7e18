import { expect, test } from 'vitest';

import { matchRoute, parseGraphPath } from '../../src/graph/parse-graph-path.js';

test.each([
  ['graph/v1.0/users/x', ['users', 'x']],
  ["graph/V1.0/users('x')/memberOf", ['users', 'x', 'memberOf']],
  ["graph/beta/applications(appId='x')/addPassword", ['applications', "appId='x'", 'addPassword']],
  ["graph/v1.0/users('o''neill@contoso')", ['users', "o'neill@contoso"]],
])('%s', (path, segments) => {
  expect(parseGraphPath(path.split('/'))?.segments).toEqual(segments);
});

test.each(['graph', 'graph/v2.0/users', 'graph/users'])('%s names no version', (path) => {
  expect(parseGraphPath(path.split('/'))).toBeUndefined();
});

test('a route gives its ids, and its names have no case', () => {
  expect(matchRoute('groups/{}/members/{}/$ref', ['Groups', 'a', 'Members', 'b', '$ref'])).toEqual([
    'a',
    'b',
  ]);
  expect(matchRoute('groups/{}', ['groups', 'a', 'members'])).toBeUndefined();
  expect(matchRoute('groups/{}', ['users', 'a'])).toBeUndefined();
});
