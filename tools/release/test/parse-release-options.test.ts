import { expect, test } from 'vitest';
import { parseReleaseOptions } from '../src/parse-release-options.ts';

test('a release is a dry run unless told otherwise', () => {
  expect(parseReleaseOptions([])).toEqual({ dryRun: true, firstRelease: false, publishOnly: false });
  expect(parseReleaseOptions(['--first-release', '--no-dry-run'])).toEqual({
    dryRun: false,
    firstRelease: true,
    publishOnly: false,
  });
  expect(parseReleaseOptions(['--publish-only', '--no-dry-run'])).toMatchObject({ publishOnly: true });
});

test('an unknown argument is refused', () => {
  expect(() => parseReleaseOptions(['--publish'])).toThrow(/--publish/);
});
