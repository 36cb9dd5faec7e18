import { parseDocument } from 'yaml';

/** The part of a workflow of GitHub Actions that is looked at. */
interface Workflow {
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, Job | null>>;
}
interface Job {
  readonly 'timeout-minutes'?: unknown;
  readonly 'runs-on'?: unknown;
  readonly steps?: readonly Step[];
}
interface Step {
  readonly uses?: string;
  readonly run?: string;
}

/** What is wrong with a workflow: actions that can change, permissions that are not named, jobs without a limit. */
export function workflowProblems(text: string): readonly string[] {
  const document = parseDocument(text);
  if (document.errors.length > 0)
    return document.errors.map(({ message }) => message.split('\n', 1)[0] ?? '');
  const workflow = document.toJS() as Workflow | null;
  const jobs = Object.entries(workflow?.jobs ?? {});
  return [
    ...(jobs.length === 0 ? ['it has no job'] : []),
    ...(workflow?.permissions === undefined ? ['it does not name its permissions'] : []),
    ...jobs.flatMap(([name, job]) => jobProblems(job).map((what) => `job ${name}: ${what}`)),
    ...unnamedVersions(text),
  ];
}

function jobProblems(job: Job | null): readonly string[] {
  const steps = job?.steps ?? [];
  return [
    ...(job?.['runs-on'] === undefined ? ['it runs nowhere'] : []),
    ...(job?.['timeout-minutes'] === undefined ? ['it has no time limit'] : []),
    ...(steps.length === 0 ? ['it has no step'] : []),
    ...steps.flatMap(({ uses, run }) => {
      if ((uses === undefined) === (run === undefined)) return ['a step has either "uses" or "run"'];
      if (uses === undefined || uses.startsWith('./') || /@[0-9a-f]{40}$/.test(uses)) return [];
      return [`${uses} is not pinned to a commit`];
    }),
  ];
}

/** People and bots that update the pins read the version in the comment. */
function unnamedVersions(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => /uses: .*@[0-9a-f]{40}/.test(line) && !/ # v\d/.test(line))
    .map((line) => `${line.trim()} does not say its version`);
}
