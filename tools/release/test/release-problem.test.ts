import { expect, test } from 'vitest';
import { releaseProblem } from '../src/release-problem.ts';

const real = { dryRun: false, firstRelease: false };
const ci = { CI: 'true', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://ci.example.com', npm_execpath: '/opt/pnpm' };

test('a dry run may go on anywhere, a release in CI only', () => {
  expect(releaseProblem({ ...real, dryRun: true }, {})).toBeUndefined();
  expect(releaseProblem(real, ci)).toBeUndefined();
  expect(releaseProblem(real, { ...ci, CI: undefined })).toContain('from CI alone');
});

test('a release needs an identity, and pnpm', () => {
  expect(releaseProblem(real, { ...ci, ACTIONS_ID_TOKEN_REQUEST_URL: '' })).toContain('id-token: write');
  expect(releaseProblem(real, { ...ci, npm_execpath: '/opt/npm-cli.js' })).toContain('Only pnpm');
});
