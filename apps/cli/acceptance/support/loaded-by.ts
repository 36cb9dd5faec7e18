import { fileURLToPath } from 'node:url';
import { amlAuth, type Outcome } from './aml-auth.js';

const MARK = 'loaded: ';

/** Runs ahead of all else, and says at the end what was loaded since. What it imported would not be seen. */
const RECORDER = `
const { registerHooks } = process.getBuiltinModule('node:module');
const { writeSync } = process.getBuiltinModule('node:fs');
const before = new Set(process.moduleLoadList);
const files = [];
registerHooks({ load(url, context, next) { files.push(url); return next(url, context); } });
process.on('exit', () => {
  const builtins = process.moduleLoadList.filter((name) => !before.has(name));
  writeSync(2, ${JSON.stringify(MARK)} + JSON.stringify({ files, builtins }) + '\\n');
});
`;

/** What a run of the program has loaded. */
export interface Loaded {
  readonly outcome: Outcome;
  /** Paths of scripts, in the order in which they were loaded. */
  readonly files: readonly string[];
  /** Modules of Node.js, those that only Node.js itself can import among them: `net`, `internal/fs/promises`. */
  readonly builtins: readonly string[];
}

/** Runs the built program, and says what it has loaded beyond what Node.js starts with. */
export async function loadedBy(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Loaded> {
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(RECORDER)}`;
  const outcome = await amlAuth(args, { env: { ...env, NODE_OPTIONS } });
  const line = outcome.stderr.split('\n').find((text) => text.startsWith(MARK)) ?? '';
  const { files, builtins } = JSON.parse(line.slice(MARK.length)) as Pick<Loaded, 'files' | 'builtins'>;
  return {
    outcome,
    files: files.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url)),
    builtins: builtins.flatMap((name) => /^NativeModule (.*)/.exec(name)?.[1] ?? []),
  };
}
