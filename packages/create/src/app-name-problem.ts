import { basename, resolve } from 'node:path';

const NAME = /^[a-z0-9][a-z0-9._-]{0,213}$/;

/** What is wrong with the folder's last part as the name of an npm package; undefined where nothing is. */
export function appNameProblem(folder: string): string | undefined {
  const name = basename(resolve(folder));
  return NAME.test(name)
    ? undefined
    : `"${name}" names no app: use small letters, digits, "-", "_" and ".", and begin with a letter or digit.`;
}
