import { expect, test } from 'vitest';
import { workflowProblems } from '../src/workflows/workflow-problems.ts';
import { containerProblems } from '../src/workflows/workflows-check.ts';

const sha = '0123456789'.repeat(4);
const good = `permissions: {}
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@${sha} # v5.0.0
      - run: npm test
`;

test('a workflow with pinned actions, permissions and limits passes', () => {
  expect(workflowProblems(good)).toEqual([]);
});

test.each([
  [
    'an action that can change',
    good.replace(sha, 'v5'),
    'job a: actions/checkout@v5 is not pinned to a commit',
  ],
  ['a pin without its version', good.replace(' # v5.0.0', ''), 'does not say its version'],
  [
    'permissions that are not named',
    good.replace('permissions: {}\n', ''),
    'it does not name its permissions',
  ],
  ['a job without a limit', good.replace('    timeout-minutes: 5\n', ''), 'job a: it has no time limit'],
  ['a step that does nothing', good.replace('run: npm test', 'name: x'), 'job a: a step has either'],
  ['text that is no YAML', 'jobs: [', 'Flow sequence'],
])('%s is found', (_case, text, expected) => {
  expect(workflowProblems(text)).toEqual([expect.stringContaining(expected)]);
});

test('a dev container has an image, and properties that were looked at', () => {
  expect(containerProblems({ name: 'a', image: 'b' })).toEqual([]);
  expect(containerProblems({ name: 'a', postCreatedCommand: 'x' })).toEqual([
    'it has no image',
    'nobody looked at its property "postCreatedCommand"',
  ]);
});
