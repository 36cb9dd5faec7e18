import { kebabWords, pascalCase } from './kebab-words.ts';

/** What a new sign-in method is called, wherever it is called something. */
export interface CredentialNames {
  /** The file of the factory: `from-git-lab`. */
  readonly file: string;
  /** Its folder, and its page in the documentation: `git-lab`. */
  readonly folder: string;
  /** `fromGitLab`. */
  readonly factory: string;
  /** `GitLab`, before `Options` and the like. */
  readonly type: string;
  /** In descriptions of a credential: `gitLab`. */
  readonly method: string;
  /** How its environment variables begin: `GIT_LAB`. */
  readonly variable: string;
  /** In texts: `Git Lab`. */
  readonly title: string;
}

const EXAMPLE = 'from-buildkite';
/** It stands in sentences, in tables of Markdown, and in texts between single quotes. */
const TITLE = /^[A-Za-z][A-Za-z0-9 .-]{0,39}$/;

/**
 * The names that follow from that of a factory.
 *
 * @param title - what people call the method. Default: the words of the name
 * @throws {Error} for a name or a title that does not fit everywhere
 */
export function credentialNames(name: unknown, title?: unknown): CredentialNames {
  const [from, ...words] = kebabWords(name, EXAMPLE);
  if (from !== 'from' || words.length === 0) {
    throw new Error(
      `The name ${JSON.stringify(name)} does not begin with "from-": factories are called as "${EXAMPLE}". ` +
        'Nothing was changed.',
    );
  }
  const type = pascalCase(words);
  return {
    file: ['from', ...words].join('-'),
    folder: words.join('-'),
    factory: `from${type}`,
    type,
    method: type.charAt(0).toLowerCase() + type.slice(1),
    variable: words.join('_').toUpperCase(),
    title: title === undefined ? words.map((word) => pascalCase([word])).join(' ') : parseTitle(title),
  };
}

function parseTitle(value: unknown): string {
  if (typeof value === 'string' && TITLE.test(value) && value.trim() === value) return value;
  throw new Error(
    `The title ${JSON.stringify(value)} does not fit into texts: give up to 40 letters, digits, blanks, dots and ` +
      'hyphens, with a letter first. Nothing was changed.',
  );
}
