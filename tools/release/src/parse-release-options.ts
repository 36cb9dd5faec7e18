import { parseArgs } from 'node:util';

/** What one release run does. */
export interface ReleaseOptions {
  /** Says what would happen and changes nothing. Default true. */
  readonly dryRun: boolean;
  /** No package has been released yet: there is no tag to start from. Default false. */
  readonly firstRelease: boolean;
}

/**
 * Reads `--no-dry-run` and `--first-release`.
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
    },
  });
  return { dryRun: values['dry-run'], firstRelease: values['first-release'] };
}
