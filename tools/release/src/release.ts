import { execFileSync } from 'node:child_process';
import { releaseChangelog, releasePublish, releaseVersion } from 'nx/release';
import { parseReleaseOptions } from './parse-release-options.ts';
import { releaseProblem } from './release-problem.ts';

// Usage: pnpm run release [--first-release | --publish-only] [--no-dry-run]. See docs/releasing.md.
const { publishOnly, ...options } = parseReleaseOptions(process.argv.slice(2));
const problem = releaseProblem({ ...options, publishOnly }, process.env, tagsOfHead());

if (problem === undefined) process.exitCode = publishOnly ? await publish({}) : await release();
else {
  console.error(problem);
  process.exitCode = 1;
}

/** Versions, then changelogs with commit and tags, then packages, built anew. Answers with the exit code. */
async function release(): Promise<number> {
  const { projectsVersionData: versionData, releaseGraph } = await releaseVersion({
    ...options,
    stageChanges: !options.dryRun,
    gitCommit: false,
    gitTag: false,
  });
  // A dry run asks no code host whether the release exists there.
  const host = options.dryRun ? { createRelease: false as const } : {};
  await releaseChangelog({ ...options, ...host, versionData, releaseGraph });
  if (options.dryRun) {
    console.log('A dry run ends here. "pnpm check pack" shows that the packages can be published.');
    return 0;
  }
  return publish({ versionData, releaseGraph });
}

/** Builds and publishes: what has a new version, else every version that the registry lacks. Answers with the exit code. */
async function publish(
  release: Pick<Parameters<typeof releasePublish>[0], 'versionData' | 'releaseGraph'>,
): Promise<number> {
  // The programs carry their new versions, and what ships is what this commit says.
  execFileSync('nx', ['run-many', '-t', 'build', 'build-types'], { stdio: 'inherit' });
  const results = await releasePublish({ ...options, ...release });
  return Object.values(results).every(({ code }) => code === 0) ? 0 : 1;
}

function tagsOfHead(): readonly string[] {
  return execFileSync('git', ['tag', '--points-at', 'HEAD'], { encoding: 'utf8' }).split('\n');
}
