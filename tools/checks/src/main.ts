import { resolve } from 'node:path';
import { apiCheck } from './api/api-check.ts';
import { boundariesCheck } from './boundaries/boundaries-check.ts';
import { bleedCheck } from './bleed/bleed-check.ts';
import type { Check } from './check.ts';
import { commitsCheck } from './commits/commits-check.ts';
import { docsCheck } from './docs/docs-check.ts';
import { docstringsCheck } from './docstrings/docstrings-check.ts';
import { exportsCheck } from './exports/exports-check.ts';
import { figuresCheck } from './figures/figures-check.ts';
import { generatorsCheck } from './generators/generators-check.ts';
import { hygieneCheck } from './hygiene/hygiene-check.ts';
import { packCheck } from './pack/pack-check.ts';
import { registryCheck } from './registry/registry-check.ts';
import { workflowsCheck } from './workflows/workflows-check.ts';
import { samplesCheck } from './samples/samples-check.ts';

// Usage: node src/main.ts [name ...]. One line a finding; the exit code is 1 where there is any.
const checks: readonly Check[] = [
  exportsCheck,
  docstringsCheck,
  apiCheck,
  bleedCheck,
  boundariesCheck,
  docsCheck,
  figuresCheck,
  hygieneCheck,
  commitsCheck,
  packCheck,
  workflowsCheck,
  registryCheck,
  samplesCheck,
  generatorsCheck,
];

const root = resolve(import.meta.dirname, '../../..');
const names = process.argv.slice(2);
const unknown = names.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no check named ${unknown.join(', ')}. Checks: ${checks.map(({ name }) => name).join(', ')}.`,
  );
  process.exitCode = 2;
} else {
  for (const check of checks) {
    if (names.length > 0 && !names.includes(check.name)) continue;
    const findings = await check.run(root);
    for (const { where, what } of findings) console.log(`${check.name}: ${where}: ${what}`);
    if (findings.length === 0) console.log(`${check.name}: ok (${check.promise})`);
    else process.exitCode = 1;
  }
}
