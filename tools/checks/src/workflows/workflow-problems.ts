import { parseDocument } from 'yaml';

/** The part of a workflow of GitHub Actions that is looked at. */
interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, Job | null>>;
}
interface Job {
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: unknown;
  readonly steps?: readonly Step[];
}
interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/**
 * What is unsafe in a workflow that GitHub would run: actions that can change, more permissions than named and needed,
 * code of strangers with rights, expressions within scripts, jobs without a limit.
 */
export function workflowProblems(text: string): readonly string[] {
  const document = parseDocument(text);
  if (document.errors.length > 0)
    return document.errors.map(({ message }) => message.split('\n', 1)[0] ?? '');
  const workflow = document.toJS() as Workflow | null;
  const jobs = Object.entries(workflow?.jobs ?? {});
  const events = eventsOf(workflow?.on);
  return [
    ...(jobs.length === 0 ? ['it has no job'] : []),
    ...(events.includes('pull_request_target')
      ? ['it runs on pull_request_target, with the rights of this repository for code of strangers']
      : []),
    ...permissionProblems(workflow?.permissions),
    ...jobs.flatMap(([name, job]) =>
      jobProblems(job ?? {}, workflow, events).map((what) => `job ${name}: ${what}`),
    ),
    ...unnamedVersions(text),
  ];
}

function eventsOf(on: unknown): readonly string[] {
  if (typeof on === 'string') return [on];
  if (Array.isArray(on)) return on.map(String);
  return Object.keys(on ?? {});
}

/** For all jobs: named, and nothing to write. A job that writes says so itself. */
function permissionProblems(permissions: unknown): readonly string[] {
  if (permissions === undefined) return ['it does not name its permissions'];
  return writes(permissions).map((name) => `all its jobs may write ${name}: only the job that does should`);
}

/** What may be written. A word alone is for all that there is. */
function writes(permissions: unknown): readonly string[] {
  if (typeof permissions === 'string') return permissions === 'write-all' ? ['everything'] : [];
  const entries = Object.entries((permissions ?? {}) as Readonly<Record<string, unknown>>);
  return entries.filter(([, access]) => access === 'write').map(([name]) => name);
}

function jobProblems(job: Job, workflow: Workflow | null, events: readonly string[]): readonly string[] {
  const steps = job.steps ?? [];
  const may = writes(job.permissions ?? workflow?.permissions);
  return [
    ...(job['timeout-minutes'] === undefined ? ['it has no time limit'] : []),
    ...(steps.length === 0 ? ['it has no step'] : []),
    ...(events.includes('pull_request') ? may.map((name) => `it may write ${name} for a pull request`) : []),
    ...(may.includes('everything') ? ['it may write everything'] : []),
    ...steps.flatMap((step) => stepProblems(step, may.includes('contents'))),
  ];
}

function stepProblems({ uses, run, with: inputs }: Step, mayPush: boolean): readonly string[] {
  if ((uses === undefined) === (run === undefined)) return ['a step has either "uses" or "run"'];
  if (uses === undefined) {
    const [expression] = run?.match(/\$\{\{[^}]*\}\}/) ?? [];
    return expression === undefined ? [] : [`${expression} is pasted into a script: hand it over by env`];
  }
  return [
    ...(uses.startsWith('./') || /@[0-9a-f]{40}$/.test(uses) ? [] : [`${uses} is not pinned to a commit`]),
    // What a checkout leaves behind, every later step can push with.
    ...(uses.startsWith('actions/checkout@') && !mayPush && inputs?.['persist-credentials'] !== false
      ? ['its checkout keeps the token, and nothing is pushed']
      : []),
  ];
}

/** People and bots that update the pins read the version in the comment. */
function unnamedVersions(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => /uses: .*@[0-9a-f]{40}/.test(line) && !/ # v\d/.test(line))
    .map((line) => `${line.trim()} does not say its version`);
}
