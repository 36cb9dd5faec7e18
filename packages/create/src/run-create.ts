import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appNameProblem } from './app-name-problem.js';
import { BrokenOff } from './broken-off.js';
import { createApp } from './create-app.js';
import { parseArguments, type Arguments } from './parse-arguments.js';

const FIRST_SAMPLE = 'node-service-principal';
const USAGE = `Usage: npm create @aml-auth [FOLDER] [-- --sample NAME] [--no-input]

Makes a new app in FOLDER from a sample of aml-auth. What is not given is asked for in a terminal.
`;

/** Runs the program. Answers with the exit code: 0, 1 where the app could not be made, 2 for wrong arguments, 130 where the person broke off. */
export async function runCreate(args: readonly string[], templates: string): Promise<number> {
  try {
    const given = parseArguments(args);
    const samples = (await readdir(templates)).sort();
    if (given.help) return say(`${USAGE}\nSamples: ${samples.join(', ')}\n`);
    if (given.version) return say(`${await ownVersion()}\n`);
    const { folder, sample } = await complete(given, samples);
    const problem = argumentProblem(folder, sample, samples);
    if (problem !== undefined) throw new TypeError(problem);
    await createApp(join(templates, sample), folder);
    return say(nextSteps(folder, existsSync(join(folder, 'package.json'))));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    process.stderr.write(`${error.message}\n`);
    if (error instanceof BrokenOff) return 130;
    return error instanceof TypeError ? 2 : 1;
  }
}

/** The folder and the sample, asked for where they are missing and somebody is there to answer. */
async function complete(
  { folder, sample, input }: Arguments,
  samples: readonly string[],
): Promise<{ readonly folder: string; readonly sample: string }> {
  if (folder !== undefined && sample !== undefined) return { folder, sample };
  if (input && process.stdin.isTTY && process.stdout.isTTY) {
    const { ask } = await import('./ask.js');
    return ask({ folder, sample, samples, first: FIRST_SAMPLE });
  }
  if (folder === undefined) throw new TypeError(`The folder of the new app is missing.\n\n${USAGE}`);
  return { folder, sample: sample ?? FIRST_SAMPLE };
}

function argumentProblem(folder: string, sample: string, samples: readonly string[]): string | undefined {
  if (!samples.includes(sample)) return `There is no sample "${sample}". Samples: ${samples.join(', ')}`;
  return appNameProblem(folder);
}

function nextSteps(folder: string, isNode: boolean): string {
  const steps = isNode ? ['npm install', 'npm start'] : ['read README.md'];
  return `Made ${folder}. Next:\n\n${[`cd ${folder}`, ...steps].map((step) => `  ${step}`).join('\n')}\n`;
}

async function ownVersion(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}
