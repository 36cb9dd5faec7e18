/** A pattern that no file may hold. Character classes keep the patterns from matching themselves. */
interface TextRule {
  readonly what: string;
  readonly pattern: RegExp;
  /** Files that the rule looks at. Default: all. */
  readonly files?: RegExp;
}

/** Something wrong in a text. */
export interface TextProblem {
  /** From 1. */
  readonly line: number;
  readonly what: string;
}

const TESTS = /\.test\.[cm]?tsx?$/;
const LOCKFILE = /(^|\/)pnpm-lock\.yaml$/;

const rules: readonly TextRule[] = [
  {
    what: 'the lockfile names a registry or a download address',
    pattern: /\bhttps?:\/\/|\btarball:/g,
    files: LOCKFILE,
  },
  { what: 'a path of one machine', pattern: /(^|[\s"'`=(:])\/(root|home\/\w|tmp\/\w|Users\/\w)/gm },
  { what: 'an unfinished place', pattern: /\b(TOD[O]|FIXM[E]|XX[X])\b/g },
  { what: 'a test that shuts others out, or is left out', pattern: /\.(only|skip)[(]/g, files: TESTS },
  // With the key itself: code may write the lines around one.
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----(\s|\\n)+[\w+/=]{40}/g },
  { what: 'a client secret of Microsoft Entra ID', pattern: /\b[\w.~-]{3}[78]Q~[\w.~-]{31,34}\b/g },
  { what: 'a signed token', pattern: /\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{40,}/g },
  { what: 'an access key of a code host or registry', pattern: /\b(gh[pousr]_\w{36}|npm_\w{36})\b/g },
  { what: 'a storage account key', pattern: /AccountKey=[\w+/]{40,}/g },
];

/** What is wrong with a file's text. */
export function textProblems(file: string, text: string): readonly TextProblem[] {
  return rules
    .filter(({ files }) => files === undefined || files.test(file))
    .flatMap(({ what, pattern }) =>
      [...text.matchAll(pattern)].map(({ index }) => ({ what, line: lineAt(text, index) })),
    );
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
