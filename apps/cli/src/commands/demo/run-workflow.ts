import { formatError } from '../../output/format-error.js';
import { toAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import type { Locale } from '../../messages/messages.js';
import { countRequests, type RequestCounts } from './count-requests.js';
import type { DemoWorld } from './demo-world.js';
import { frameTexts, type Texts } from './texts.js';
import { Skipped, type Story, type Workflow } from './workflow.js';

/** How a workflow ended. */
export interface WorkflowOutcome {
  readonly workflow: Workflow;
  readonly result: 'ok' | 'skipped' | 'failed';
  readonly story?: Story | undefined;
  readonly skipped?: Texts | undefined;
  readonly error?: AmlAuthError | undefined;
  readonly requests: RequestCounts;
  /** Milliseconds by the machine's clock. */
  readonly ms: number;
}

/**
 * Runs one workflow; that it fails is an outcome.
 *
 * @throws {AmlAuthError} `AML_CANCELLED` where the person gave up
 */
export async function runWorkflow(workflow: Workflow, world: DemoWorld): Promise<WorkflowOutcome> {
  const { emulator, signal } = world;
  const last = emulator.requests.at(-1)?.sequence ?? 0;
  const start = performance.now();
  const ended = (end: Pick<WorkflowOutcome, 'result' | 'story' | 'skipped' | 'error'>): WorkflowOutcome => ({
    workflow,
    ...end,
    requests: countRequests(emulator.requests.filter(({ sequence }) => sequence > last)),
    ms: Math.round(performance.now() - start),
  });
  try {
    return ended({ story: await workflow.run(world), result: 'ok' });
  } catch (error) {
    if (error instanceof Skipped) return ended({ result: 'skipped', skipped: error.why });
    if (signal.aborted) throw error;
    return ended({ result: 'failed', error: toAmlAuthError(error) });
  }
}

/** What people read of it. */
export function tellOutcome({ story, skipped, error }: WorkflowOutcome, locale: Locale): readonly string[] {
  const texts = frameTexts[locale];
  if (skipped !== undefined) return [texts.skipped(skipped[locale])];
  if (error !== undefined) return texts.failed(formatError(error, 'text')).split('\n');
  return story?.(locale) ?? [];
}
