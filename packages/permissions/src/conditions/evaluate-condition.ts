import { actionMatches } from '../decide/match-action.js';
import { compareValues, type ConditionValue } from './compare-values.js';
import type { Condition, ConditionComparison, ConditionOperand } from './condition.js';
import { attributeFinder, type ConditionFacts, type FindAttribute } from './condition-facts.js';
import { OPERATORS, type Quantifier } from './operators.js';
import { everyTruth, someTruth, type Truth } from './truth.js';

/** What a condition comes to. */
export type ConditionResult =
  /** It holds, or it does not: what is known decides. */
  | { readonly truth: boolean }
  | {
      readonly truth: 'unknown';
      /** What is left of the condition, and would decide it. */
      readonly residual: Condition;
    };

/**
 * Holds a condition against what is known, in the three-valued logic of Kleene: what is not known stays
 * unknown unless the rest decides. An attribute that is known not to be there, and values of another
 * type than the operator's, are unknown as well: no document says what Azure makes of them. Never throws.
 */
export function evaluateCondition(condition: Condition, facts: ConditionFacts): ConditionResult {
  return createEvaluator(facts)(condition);
}

/** {@link evaluateCondition} for many conditions over the same facts. */
export function createEvaluator(facts: ConditionFacts): (condition: Condition) => ConditionResult {
  const find = attributeFinder(facts);
  return (condition) => evaluate(condition, facts, find);
}

function evaluate(condition: Condition, facts: ConditionFacts, find: FindAttribute): ConditionResult {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return evaluateJunction(condition.kind, condition.operands, facts, find);
    case 'not': {
      const inner = evaluate(condition.operand, facts, find);
      if (inner.truth !== 'unknown') return { truth: !inner.truth };
      return { truth: 'unknown', residual: { kind: 'not', operand: inner.residual } };
    }
    case 'actionMatches':
    case 'subOperationMatches':
    case 'exists':
    case 'comparison': {
      const truth = evaluateAtom(condition, facts, find);
      return truth === 'unknown' ? { truth, residual: condition } : { truth };
    }
  }
}

function evaluateJunction(
  kind: 'and' | 'or',
  operands: readonly Condition[],
  facts: ConditionFacts,
  find: FindAttribute,
): ConditionResult {
  const decisive = kind === 'or';
  const open: Condition[] = [];
  for (const operand of operands) {
    const result = evaluate(operand, facts, find);
    if (result.truth === decisive) return { truth: decisive };
    if (result.truth === 'unknown') open.push(result.residual);
  }
  const [first] = open;
  if (first === undefined) return { truth: !decisive };
  return { truth: 'unknown', residual: open.length === 1 ? first : { kind, operands: open } };
}

type Atom = Exclude<Condition, { readonly kind: 'and' | 'or' | 'not' }>;

function evaluateAtom(atom: Atom, { action, subOperation }: ConditionFacts, find: FindAttribute): Truth {
  switch (atom.kind) {
    case 'actionMatches':
      return action === undefined ? 'unknown' : actionMatches(atom.pattern, action);
    case 'subOperationMatches':
      if (subOperation === undefined) return 'unknown';
      return subOperation?.toLowerCase() === atom.name.toLowerCase();
    case 'exists': {
      const fact = find(atom.attribute.source, atom.attribute.name);
      return fact === undefined ? 'unknown' : fact !== null;
    }
    case 'comparison':
      return evaluateComparison(atom, find);
  }
}

function evaluateComparison(
  { left, quantifier, operator, right }: ConditionComparison,
  find: FindAttribute,
): Truth {
  const [a, b] = [left, right].map((operand) => valuesOf(operand, find));
  if (a === undefined || b === undefined) return 'unknown';
  const test = (one: ConditionValue, other: ConditionValue): Truth =>
    compareValues(one, OPERATORS[operator], other) ?? 'unknown';
  if (quantifier !== undefined) return quantify(quantifier, a, b, test);
  // Without a quantifier there is one value on each side.
  const [one, other] = [a[0], b[0]];
  if (a.length !== 1 || b.length !== 1 || one === undefined || other === undefined) return 'unknown';
  return test(one, other);
}

/** The values of one side; undefined where they are not known or not there. */
function valuesOf(operand: ConditionOperand, find: FindAttribute): readonly ConditionValue[] | undefined {
  if (operand.kind === 'list') return operand.values.map(({ value }) => value);
  if (operand.kind !== 'attribute') return [operand.value];
  const fact = find(operand.source, operand.name);
  if (fact === undefined || fact === null) return undefined;
  return typeof fact === 'object' ? fact : [fact];
}

function quantify(
  quantifier: Quantifier,
  left: readonly ConditionValue[],
  right: readonly ConditionValue[],
  test: (one: ConditionValue, other: ConditionValue) => Truth,
): Truth {
  const overLeft = quantifier.startsWith('ForAny') ? someTruth : everyTruth;
  const overRight = quantifier.endsWith('OfAnyValues') ? someTruth : everyTruth;
  return overLeft(left, (one) => overRight(right, (other) => test(one, other)));
}
