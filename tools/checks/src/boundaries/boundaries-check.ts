import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Check, Finding } from '../check.ts';
import { lastWords, runProgram } from '../workspace/run-program.ts';
import { lintProbes } from './lint-probes.ts';
import { probes, type Probe } from './probes.ts';

/** The fences between packages hold: imports that cross one are caught, and others are not. */
export const boundariesCheck: Check = {
  name: 'boundaries',
  promise: 'imports across a fence are caught by lint',
  async run(root) {
    // The rule reads the project graph from a cache: write it anew first.
    const graph = await runProgram(join(root, 'node_modules/.bin/nx'), ['show', 'projects'], {
      cwd: root,
      env: { NX_DAEMON: 'false' },
    });
    if (graph.code !== 0) {
      return [{ where: 'nx', what: `the project graph cannot be made: ${lastWords(graph)}` }];
    }
    return checkProbes(root, probes);
  },
};

/** Lints the probes and compares what happens with what should. */
export async function checkProbes(root: string, list: readonly Probe[]): Promise<readonly Finding[]> {
  const homeless = list.filter(({ folder }) => !existsSync(join(root, folder)));
  if (homeless.length > 0) {
    return homeless.map(({ folder }) => ({ where: folder, what: 'the folder of a probe does not exist' }));
  }
  const { rules, output } = await lintProbes(root, list);
  if (output.includes('The rule will be skipped')) {
    return [{ where: 'eslint', what: 'it skips the boundaries for want of a project graph' }];
  }
  return list.flatMap((probe, index) => {
    const what = judge(probe, rules[index], output);
    return what === undefined ? [] : [{ where: probe.folder, what }];
  });
}

/** What is wrong, in words; undefined where the result is as it should be. */
function judge(
  { caughtBy, text }: Probe,
  rules: readonly string[] | undefined,
  output: string,
): string | undefined {
  if (rules === undefined) return `lint did not run: ${output.trim().slice(0, 300)}`;
  if (caughtBy === undefined) {
    return rules.length > 0 ? `${rules.join(', ')} refuses this: ${text.trim()}` : undefined;
  }
  return rules.includes(caughtBy) ? undefined : `${caughtBy} lets this pass: ${text.trim()}`;
}
