import { expect, test } from 'vitest';
import { parseReleaseOptions } from '../src/parse-release-options.ts';

test('a release is a dry run unless told otherwise', () => {
  expect(parseReleaseOptions([])).toEqual({ dryRun: true, firstRelease: false });
  expect(parseReleaseOptions(['--first-release', '--no-dry-run'])).toEqual({
    dryRun: false,
    firstRelease: true,
  });
});

test('an unknown argument is refused', () => {
  expect(() => parseReleaseOptions(['--publish'])).toThrow(/--publish/);
});
