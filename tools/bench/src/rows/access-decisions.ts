import { createDecider, type AccessRequest, type AccessSnapshot } from '@aml-auth/permissions';
import { createAccessWorld } from '../access/access-world.ts';
import { cedarAllows, cedarCall, prepareCedar } from '../access/cedar-matcher.ts';
import { createRegExpMatcher } from '../access/regexp-matcher.ts';
import { readRoleData } from '../access/role-data.ts';
import { interleave } from '../measure/interleave.ts';
import type { BenchRow, RowResult } from '../row.ts';

/** Questions that a slow contestant answers for one sample. */
const FEW = 20;

/** Questions of which all contestants are asked, to see that they agree: the slowest takes tens of milliseconds for each. */
const COMPARED = 200;

/** Decisions on questions that recur, as a service asks them: from memory. */
export const warmDecisions: BenchRow = {
  title: 'a decision asked before, 4,000 assignments',
  needsRoleData: true,
  measure: ({ rounds }) => {
    const { snapshot, questions } = createAccessWorld(readRoleData());
    const decide = createDecider(snapshot);
    return beside(snapshot, questions, rounds, () => {
      return timePass(10, questions, (question) => decide(question).verdict === 'allowed');
    });
  },
};

/** The first decision on each question, from an index over the assignments made beforehand. */
export const newDecisions: BenchRow = {
  title: 'a decision not asked before',
  needsRoleData: true,
  measure: ({ rounds }) => {
    const { snapshot, questions } = createAccessWorld(readRoleData());
    return beside(snapshot, questions, rounds, () => {
      const decide = createDecider(snapshot);
      return timePass(1, questions, (question) => decide(question).verdict === 'allowed');
    });
  },
};

async function beside(
  snapshot: AccessSnapshot,
  questions: readonly AccessRequest[],
  rounds: number,
  mine: () => number,
): Promise<RowResult> {
  const regExp = createRegExpMatcher(snapshot);
  prepareCedar(snapshot);
  const calls = questions.slice(0, COMPARED).map((question) => cedarCall(snapshot, question));
  const decide = createDecider(snapshot);
  const answers = questions.map((question) => decide(question).verdict === 'allowed');
  for (const [index, question] of questions.entries()) {
    const call = calls[index];
    const agrees = regExp(question) === answers[index] && (!call || cedarAllows(call) === answers[index]);
    if (!agrees) throw new Error(`The contestants do not agree on ${JSON.stringify(question)}.`);
  }
  const { ours, ...peers } = await interleave(
    {
      ours: () => Promise.resolve(mine()),
      '@cedar-policy/cedar-wasm': () => Promise.resolve(timePass(1, calls.slice(0, FEW), cedarAllows)),
      'regular expressions': () => Promise.resolve(timePass(1, questions.slice(0, FEW), regExp)),
    },
    rounds,
  );
  const perSecond = Math.round(1e6 / ours).toLocaleString('en');
  return {
    unit: 'µs',
    ours,
    peers,
    notes: {
      ours: `${perSecond} a second, ${answers.filter(Boolean).length} of ${questions.length} allowed`,
    },
  };
}

/** Microseconds for one question. */
function timePass<T>(passes: number, questions: readonly T[], ask: (question: T) => boolean): number {
  const started = performance.now();
  for (let pass = 0; pass < passes; pass += 1) for (const question of questions) ask(question);
  return ((performance.now() - started) * 1000) / (passes * questions.length);
}
