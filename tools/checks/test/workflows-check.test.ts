import { expect, test } from 'vitest';
import { schemaProblems } from '../src/workflows/schema-problems.ts';
import { workflowProblems } from '../src/workflows/workflow-problems.ts';
import { checkExamples, containerProblems } from '../src/workflows/workflows-check.ts';
import { fixture, lines } from './fixture.ts';

const sha = '0123456789'.repeat(4);
const good = `on:
  pull_request:
permissions:
  contents: read
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@${sha} # v5.0.0
        with:
          persist-credentials: false
      - run: npm test
`;
const release = good
  .replace('pull_request', 'workflow_dispatch')
  .replace('    runs-on', '    permissions:\n      contents: write\n    runs-on');

test('a workflow with pinned actions, permissions and limits passes, and so does a job that pushes', async () => {
  for (const text of [good, release, release.replace(/ +with:\n.*false\n/, '')]) {
    expect([...(await schemaProblems(text)), ...workflowProblems(text)]).toEqual([]);
  }
});

test.each([
  ['an action that can change', good.replace(sha, 'v5'), 'job a: actions/checkout@v5 is not pinned'],
  ['a pin without its version', good.replace(' # v5.0.0', ''), 'does not say its version'],
  [
    'permissions that are not named',
    good.replace('permissions:\n  contents: read\n', ''),
    'it does not name its permissions',
  ],
  [
    'a permission to write for all jobs',
    good.replace('pull_request', 'push').replace('contents: read', 'issues: write'),
    'all its jobs may write issues',
  ],
  [
    'a permission to write for a pull request',
    release.replace('workflow_dispatch', 'pull_request'),
    'job a: it may write contents for a pull request',
  ],
  [
    'a job that may do everything',
    release.replace('permissions:\n      contents: write', 'permissions: write-all'),
    'job a: it may write everything',
  ],
  [
    'code of strangers with rights',
    good.replace('pull_request', 'pull_request_target'),
    'it runs on pull_request_target',
  ],
  [
    'an expression in a script',
    good.replace('npm test', 'echo ${{ github.event.pull_request.title }}'),
    '${{ github.event.pull_request.title }} is pasted into a script',
  ],
  [
    'a token that is kept for nothing',
    good.replace('persist-credentials: false', 'fetch-depth: 1'),
    'its checkout keeps the token',
  ],
  ['a job without a limit', good.replace('    timeout-minutes: 5\n', ''), 'job a: it has no time limit'],
  ['a step that does nothing', good.replace('run: npm test', 'name: x'), 'job a: a step has either'],
  ['text that is no YAML', 'jobs: [', 'Flow sequence'],
])('%s is found', (_case, text, expected) => {
  expect(workflowProblems(text)[0]).toContain(expected);
});

test.each([
  ['a key that GitHub does not know', good.replace('runs-on', 'runs_on'), "Unexpected value 'runs_on'"],
  ['an event that does not exist', good.replace('pull_request', 'pulled'), "Unexpected value 'pulled'"],
  ['a permission that does not exist', good.replace('contents: read', 'content: read'), "value 'content'"],
  ['an expression of nothing', good.replace('npm test', 'echo ${{ secret.X }}'), "named-value: 'secret'"],
  [
    'a job that waits for none',
    good.replace('    runs-on', '    needs: b\n    runs-on'),
    'job with no dependencies',
  ],
])('%s is found by the parser of GitHub', async (_case, text, expected) => {
  expect((await schemaProblems(text)).join('\n')).toContain(expected);
});

test('workflows of the documentation are looked at, parts of them are not', async () => {
  const block = (text: string): string => `# A\n\n\`\`\`yaml\n${text}\`\`\`\n`;
  const root = await fixture({
    'README.md': block('permissions:\n  id-token: write\n'),
    'docs/a.md': block(good),
    'docs/b.md': block(good.replace('npm test', 'npm test ${{ inputs.x }}').replace('    steps', '    step')),
  });
  const found = lines(await checkExamples(root));
  expect(found).toContainEqual(
    expect.stringContaining("docs/b.md:3: (Line: 9, Col: 5): Unexpected value 'step'"),
  );
  expect(found.filter((line) => !line.startsWith('docs/b.md:3: '))).toEqual([]);
});

test('a dev container has an image, and properties that were looked at', () => {
  expect(containerProblems({ name: 'a', image: 'b' })).toEqual([]);
  expect(containerProblems({ name: 'a', postCreatedCommand: 'x' })).toEqual([
    'it has no image',
    'nobody looked at its property "postCreatedCommand"',
  ]);
});
