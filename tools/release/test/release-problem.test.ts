import { expect, test } from 'vitest';
import { releaseProblem } from '../src/release-problem.ts';

const real = { dryRun: false, firstRelease: false, publishOnly: false };
const ci = {
  CI: 'true',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://ci.example.com',
  npm_execpath: '/opt/pnpm',
  PNPM_CONFIG_PROVENANCE: 'true',
};

test('a dry run may go on anywhere, a release in CI only', () => {
  expect(releaseProblem({ ...real, dryRun: true }, {}, [])).toBeUndefined();
  expect(releaseProblem(real, ci, [])).toBeUndefined();
  expect(releaseProblem(real, { ...ci, CI: undefined }, [])).toContain('from CI alone');
});

test('a release needs an identity, and pnpm', () => {
  expect(releaseProblem(real, { ...ci, ACTIONS_ID_TOKEN_REQUEST_URL: '' }, [])).toContain('id-token: write');
  expect(releaseProblem(real, { ...ci, npm_execpath: '/opt/npm-cli.js' }, [])).toContain('Only pnpm');
});

test('packages say where they were built, by the setting that pnpm reads', () => {
  const npm = { ...ci, PNPM_CONFIG_PROVENANCE: undefined, NPM_CONFIG_PROVENANCE: 'true' };
  expect(releaseProblem(real, npm, [])).toContain('PNPM_CONFIG_PROVENANCE=true');
});

test('what a release left unpublished is published from its own commit', () => {
  const again = { ...real, publishOnly: true };
  expect(releaseProblem(again, ci, ['@aml-auth/core@1.2.3'])).toBeUndefined();
  expect(releaseProblem(again, ci, ['other'])).toContain('This commit is no release');
});
