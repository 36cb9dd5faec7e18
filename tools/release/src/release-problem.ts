import type { ReleaseOptions } from './parse-release-options.ts';

/**
 * Why a release must not go on; undefined where it may. A dry run always may.
 *
 * @param tags - those of the commit that is checked out
 */
export function releaseProblem(
  { dryRun, publishOnly }: ReleaseOptions,
  env: Readonly<Partial<Record<string, string>>>,
  tags: readonly string[],
): string | undefined {
  if (dryRun) return undefined;
  // Published packages come from a clean checkout, with a statement of origin that only CI can sign.
  if (env['CI'] !== 'true')
    return 'Packages are published from CI alone. Leave out --no-dry-run to see what would happen.';
  if (!env['ACTIONS_ID_TOKEN_REQUEST_URL']) {
    return 'This job has no identity to sign with: give it the permission "id-token: write".';
  }
  if (!env['npm_execpath']?.includes('pnpm')) {
    return 'Only pnpm replaces workspace: and catalog: ranges: start this with "pnpm run release".';
  }
  // pnpm reads its settings from variables of its own, and not from those of npm.
  if (env['PNPM_CONFIG_PROVENANCE'] !== 'true') {
    return 'Packages would say nothing of their origin: set PNPM_CONFIG_PROVENANCE=true.';
  }
  if (publishOnly && !tags.some((tag) => tag.startsWith('@aml-auth/'))) {
    return 'This commit is no release: --publish-only wants the one that the release has tagged.';
  }
  return undefined;
}
