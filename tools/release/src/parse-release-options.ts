import { parseArgs } from 'node:util';

/** What one release run does. */
export interface ReleaseOptions {
  /** Says what would happen and changes nothing. Default true. */
  readonly dryRun: boolean;
  /** No package has been released yet: there is no tag to start from. Default false. */
  readonly firstRelease: boolean;
  /** A release was tagged and stopped before all was published: no new version, what is missing is published. Default false. */
  readonly publishOnly: boolean;
}

/**
 * Reads `--no-dry-run`, `--first-release` and `--publish-only`.
 *
 * @throws {TypeError} for any other argument
 */
export function parseReleaseOptions(args: readonly string[]): ReleaseOptions {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      'dry-run': { type: 'boolean', default: true },
      'first-release': { type: 'boolean', default: false },
      'publish-only': { type: 'boolean', default: false },
    },
  });
  return {
    dryRun: values['dry-run'],
    firstRelease: values['first-release'],
    publishOnly: values['publish-only'],
  };
}
