import { spawnSync } from 'node:child_process';
import { test } from 'vitest';

const hasGit = spawnSync('git', ['--version']).status === 0;

/** A test that needs git; where there is none, it is skipped and says so. */
export function testWithGit(name: string, run: () => Promise<void>): void {
  test.skipIf(!hasGit)(hasGit ? name : `${name} (skipped: git is not installed)`, run);
}
