import type { Evaluation, PolicyOutcome } from './evaluate-access.js';

const MOST_POLICIES = 20;

/** An {@link Evaluation} in one line of printable ASCII, as the header `x-emu-decision` has it. */
export function describeEvaluation({ verdict, outcomes }: Evaluation): string {
  const shown = outcomes.slice(0, MOST_POLICIES).map(describe);
  const more = outcomes.length > shown.length ? [`${outcomes.length - shown.length} more`] : [];
  return [`conditional-access=${verdict}`, ...shown, ...more].join('; ');
}

function describe({ id, name, reportOnly, result, missing }: PolicyOutcome): string {
  const wants = missing.length === 0 ? '' : ` (${missing.join(', ')})`;
  const text = `${reportOnly ? 'report-only' : 'policy'} ${id} "${name.slice(0, 100)}": ${result}${wants}`;
  return text.replaceAll(/[^\x20-\x7e]/g, '?');
}
