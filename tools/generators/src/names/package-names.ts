import { kebabWords, pascalCase } from './kebab-words.ts';

/** What a new package is called, wherever it is called something. */
export interface PackageNames {
  /** Its folder, and its name after `@aml-auth/`: `job-runner`. */
  readonly folder: string;
  /** As it is installed: `@aml-auth/job-runner`. */
  readonly packageName: string;
  /** `JobRunner`, in names of types. */
  readonly type: string;
}

/** Names of devices: no folder can have them on Windows. */
const DEVICES = /^(?:aux|con|nul|prn|com\d|lpt\d)$/;

/**
 * The names that follow from that of a package.
 *
 * @throws {Error} for a name that does not fit everywhere
 */
export function packageNames(name: unknown): PackageNames {
  const words = kebabWords(name, 'job-runner');
  const folder = words.join('-');
  if (DEVICES.test(folder)) {
    throw new Error(
      `No folder can be called "${folder}" on Windows: choose another name. Nothing was changed.`,
    );
  }
  return { folder, packageName: `@aml-auth/${folder}`, type: pascalCase(words) };
}
