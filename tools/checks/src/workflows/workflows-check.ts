import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check, Finding } from '../check.ts';
import { workflowProblems } from './workflow-problems.ts';

const WORKFLOWS = ['.github/workflows/*.yml', 'packages/create/template/.github/workflows/*.yml'];
const CONTAINERS = [
  '.devcontainer/devcontainer.json',
  'packages/create/template/.devcontainer/devcontainer.json',
];

/** Workflows and dev containers are what their readers take them for. */
export const workflowsCheck: Check = {
  name: 'workflows',
  promise: 'actions are pinned, permissions named, jobs limited, and dev containers whole',
  async run(root) {
    const findings: Finding[] = [];
    for await (const file of glob(WORKFLOWS, { cwd: root })) {
      const problems = workflowProblems(await readFile(join(root, file), 'utf8'));
      findings.push(...problems.map((what) => ({ where: file, what })));
    }
    for (const file of CONTAINERS) {
      const problems = containerProblems(JSON.parse(await readFile(join(root, file), 'utf8')) as object);
      findings.push(...problems.map((what) => ({ where: file, what })));
    }
    return findings;
  },
};

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
