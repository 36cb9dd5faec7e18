import type { Locale } from '../../messages/messages.js';
import type { View } from '../../output/present.js';
import type { WorkflowOutcome } from './run-workflow.js';
import { frameTexts } from './texts.js';

/** The contract for programs: what each workflow showed, and how it ended. English. */
export function summaryOf(outcomes: readonly WorkflowOutcome[]): object {
  return {
    ok: outcomes.every(({ result }) => result !== 'failed'),
    workflows: outcomes.map(({ workflow, result, requests, ms, skipped, error }) => ({
      name: workflow.name,
      shown: workflow.title.en,
      result,
      requests,
      ms,
      reason: skipped?.en ?? error?.message,
    })),
  };
}

/** The table at the end. */
export function summaryView(outcomes: readonly WorkflowOutcome[], locale: Locale): View {
  const { headings, results } = frameTexts[locale];
  return {
    headings,
    rows: outcomes.map(({ workflow, requests, ms, result }) => [
      workflow.name,
      workflow.title[locale],
      requests.entra,
      requests.resourceManager,
      requests.graph + requests.identity,
      ms,
      results[result],
    ]),
  };
}
