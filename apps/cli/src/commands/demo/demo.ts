import type { CliContext } from '../../context.js';
import { EXIT } from '../../exit-code.js';
import { present } from '../../output/present.js';
import { startProgress } from '../../output/progress.js';
import { wrapLine } from '../../output/wrap-line.js';
import type { DemoFlags } from './command.js';
import { openDemoWorld } from './demo-world.js';
import { runWorkflow, tellOutcome, type WorkflowOutcome } from './run-workflow.js';
import { selectWorkflows } from './select-workflows.js';
import { summaryOf, summaryView } from './summary.js';
import { frameTexts } from './texts.js';
import { workflowReasons } from './workflow-reasons.js';
import type { Workflow } from './workflow.js';
import { workflows } from './workflows.js';

/** Runs `aml-auth demo`. */
export async function demo(
  context: CliContext,
  flags: DemoFlags,
  ...names: readonly string[]
): Promise<void> {
  const chosen = selectWorkflows(workflows, [...names, ...(flags.only ?? [])]);
  const { locale } = context.messages;
  if (flags.list) {
    const listed = chosen.map(({ name, title }) => ({ name, shown: title.en }));
    await present(context, flags, { workflows: listed }, () => ({
      headings: frameTexts[locale].headings.slice(0, 2),
      rows: chosen.map(({ name, title }) => [name, title[locale]]),
    }));
    return;
  }
  // Programs read the summary alone.
  const isTold = flags.output === 'table' && flags.query === undefined;
  const say = (lines: readonly string[]): void => {
    if (!isTold) return;
    const wrapped = lines.flatMap((line) =>
      wrapLine(line, columnsOf(context), line.startsWith(' ') ? HANG : 0),
    );
    context.process.stdout.write(`${wrapped.map((line) => line.trimEnd()).join('\n')}\n`);
  };
  const outcomes = await runAll(context, chosen, say);
  say(['']);
  await present(context, flags, summaryOf(outcomes), () => summaryView(outcomes, locale));
  const failed = outcomes.filter(({ result }) => result === 'failed').map(({ workflow }) => workflow.name);
  const { allKept, notKept, counted } = frameTexts[locale];
  say(['', ...counted, '', failed.length === 0 ? allKept : notKept(failed.join(', '))]);
  if (failed.length > 0) context.process.exitCode = EXIT.unexpected;
}

/** Blanks before what is left of an indented line that was too long. */
const HANG = 2;

/** A pipe or file gets whole lines. */
function columnsOf({ process: { stdout } }: CliContext): number | undefined {
  return stdout.isTTY === true ? stdout.columns : undefined;
}

async function runAll(
  context: CliContext,
  chosen: readonly Workflow[],
  say: (lines: readonly string[]) => void,
): Promise<readonly WorkflowOutcome[]> {
  const { process, signal, messages } = context;
  const { locale } = messages;
  const outcomes: WorkflowOutcome[] = [];
  const world = await openDemoWorld(process.env, signal);
  try {
    say(frameTexts[locale].intro(world.emulator.origin));
    for (const [index, workflow] of chosen.entries()) {
      const title = workflow.title[locale];
      const progress = startProgress(context, `${index + 1}/${chosen.length} ${title}`);
      const outcome = await runWorkflow(workflow, world).finally(progress.stop);
      outcomes.push(outcome);
      const reason = workflowReasons[workflow.name]?.[locale];
      const lines = [...(reason === undefined ? [] : [reason]), ...tellOutcome(outcome, locale)];
      say(['', `${index + 1}. ${title}`, ...lines.map((line) => `   ${line}`)]);
    }
  } finally {
    await world.close();
  }
  return outcomes;
}
