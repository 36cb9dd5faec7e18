/** Types of the Conventional Commits convention that this repository uses. */
const TYPES = ['build', 'chore', 'ci', 'docs', 'feat', 'fix', 'perf', 'refactor', 'revert', 'style', 'test'];
/** Types that may do without a scope: they change no project in particular. */
const WITHOUT_SCOPE = ['chore', 'ci', 'docs'];

const SUBJECT = /^(?<type>[a-z]+)(?:\((?<scope>[^()]*)\))?!?: \S.*$/;

/** What is wrong with the first line of a commit message; undefined where nothing is. */
export function subjectProblem(subject: string, scopes: ReadonlySet<string>): string | undefined {
  const groups = SUBJECT.exec(subject)?.groups;
  if (groups === undefined) return 'not "type(scope): what it does"';
  const { type = '', scope } = groups;
  if (!TYPES.includes(type)) return `no type is named "${type}"`;
  if (scope === undefined) return WITHOUT_SCOPE.includes(type) ? undefined : `a ${type} needs a scope`;
  return scopes.has(scope) ? undefined : `no project is named "${scope}"`;
}
