import { inspect } from 'node:util';

const KEBAB = /^[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*$/;
/** Names are parts of file names, of variables, and of columns in tables. */
const MAX_LENGTH = 40;

/**
 * The words of a name in kebab-case: lower-case letters and digits of ASCII, each word with a letter first.
 *
 * @param example - a name that would do, for the error
 * @throws {Error} for anything else, path characters included
 */
export function kebabWords(value: unknown, example: string): readonly string[] {
  if (typeof value === 'string' && value.length <= MAX_LENGTH && KEBAB.test(value)) return value.split('-');
  throw new Error(
    `The name ${inspect(value, { depth: 0 }).slice(0, 60)} is not in kebab-case, or is longer than ${MAX_LENGTH} characters. ` +
      `Give lower-case words of letters and digits with "-" between them, such as "${example}". Nothing was changed.`,
  );
}

/** `['git', 'lab']` as `GitLab`. */
export function pascalCase(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
