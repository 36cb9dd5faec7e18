import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { Check, Finding } from '../check.ts';
import { DOCUMENTS } from '../docs/docs-check.ts';
import { readDocument } from '../docs/read-document.ts';
import { schemaProblems } from './schema-problems.ts';
import { workflowProblems } from './workflow-problems.ts';

const WORKFLOWS = ['.github/workflows/*.yml', 'packages/create/template/.github/workflows/*.yml'];
const CONTAINERS = [
  '.devcontainer/devcontainer.json',
  'packages/create/template/.devcontainer/devcontainer.json',
];

/** Workflows and dev containers are what their readers take them for. */
export const workflowsCheck: Check = {
  name: 'workflows',
  promise:
    'workflows, those of the documentation too, are what GitHub accepts: pinned, with the least permissions, limited; dev containers are whole',
  async run(root) {
    const findings: Finding[] = [];
    for await (const file of glob(WORKFLOWS, { cwd: root })) {
      findings.push(...(await findingsIn(file, await readFile(join(root, file), 'utf8'))));
    }
    findings.push(...(await checkExamples(root)));
    for (const file of CONTAINERS) {
      const problems = containerProblems(JSON.parse(await readFile(join(root, file), 'utf8')) as object);
      findings.push(...problems.map((what) => ({ where: file, what })));
    }
    return findings;
  },
};

/** The workflows that the documentation shows in full: blocks of YAML with jobs and what starts them. */
export async function checkExamples(root: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for await (const file of glob([...DOCUMENTS], { cwd: root })) {
    for (const { language, text, line } of (await readDocument(root, file)).blocks) {
      if (/^ya?ml$/.test(language) && isWorkflow(text))
        findings.push(...(await findingsIn(`${file}:${line}`, text)));
    }
  }
  return findings;
}

async function findingsIn(where: string, text: string): Promise<readonly Finding[]> {
  return [...(await schemaProblems(text)), ...workflowProblems(text)].map((what) => ({ where, what }));
}

function isWorkflow(text: string): boolean {
  const document = parseDocument(text);
  return document.errors.length === 0 && document.has('jobs') && document.has('on');
}

/** Properties of the dev container specification that ours use: all of them hold a text. */
const PROPERTIES = new Set(['name', 'image', 'postCreateCommand', 'postAttachCommand']);

/** What is wrong with a devcontainer.json. */
export function containerProblems(container: object): readonly string[] {
  const entries = Object.entries(container);
  return [
    ...('image' in container ? [] : ['it has no image']),
    ...entries
      .filter(([key]) => !PROPERTIES.has(key))
      .map(([key]) => `nobody looked at its property "${key}"`),
    ...entries.filter(([, value]) => typeof value !== 'string').map(([key]) => `"${key}" is no text`),
  ];
}
