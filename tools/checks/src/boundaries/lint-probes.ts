import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../workspace/run-program.ts';
import type { Probe } from './probes.ts';

/** What lint said of the probes. */
export interface LintResult {
  /** For each probe, in order, the rules that complained; undefined where lint did not look at it. */
  readonly rules: readonly (readonly string[] | undefined)[];
  readonly output: string;
}

/** ESLint's report of one file. */
interface FileReport {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

/** Writes the probes, lints them in one run, and removes them however that ends. */
export async function lintProbes(root: string, probes: readonly Probe[]): Promise<LintResult> {
  const files = probes.map(({ folder }, index) => join(root, folder, `boundary-probe-${index + 1}.ts`));
  const remove = (): void => {
    for (const file of files) rmSync(file, { force: true });
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    remove();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('exit', remove).once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    for (const [index, { text }] of probes.entries()) writeFileSync(files[index] ?? '', text);
    const eslint = join(root, 'node_modules/.bin/eslint');
    const { stdout, stderr } = await runProgram(eslint, ['--format=json', ...files], {
      cwd: root,
      env: { NX_DAEMON: 'false' },
    });
    const reports = reportsIn(stdout);
    return { rules: files.map((file) => rulesOf(file, reports)), output: `${stdout}\n${stderr}` };
  } finally {
    remove();
    process.off('exit', remove).off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** ESLint's JSON follows whatever plugins print. */
function reportsIn(stdout: string): readonly FileReport[] {
  const json = stdout.split('\n').findLast((line) => line.startsWith('[{'));
  return json === undefined ? [] : (JSON.parse(json) as FileReport[]);
}

function rulesOf(file: string, reports: readonly FileReport[]): readonly string[] | undefined {
  const report = reports.find(({ filePath }) => filePath === file);
  return report?.messages.map(({ ruleId, message }) => ruleId ?? message);
}
