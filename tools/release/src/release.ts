import { execFileSync } from 'node:child_process';
import { releaseChangelog, releasePublish, releaseVersion } from 'nx/release';
import { parseReleaseOptions } from './parse-release-options.ts';
import { releaseProblem } from './release-problem.ts';

// Usage: pnpm run release [--first-release] [--no-dry-run]. See docs/releasing.md.
const options = parseReleaseOptions(process.argv.slice(2));
const problem = releaseProblem(options, process.env);

if (problem === undefined) process.exitCode = await release();
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
  // The programs carry their new versions, and what ships is what this commit says.
  execFileSync('nx', ['run-many', '-t', 'build', 'build-types'], { stdio: 'inherit' });
  const results = await releasePublish({ ...options, versionData, releaseGraph });
  return Object.values(results).every(({ code }) => code === 0) ? 0 : 1;
}
