import {
  evaluateCondition,
  parseCondition,
  printCondition,
  type AttributeFact,
  type Condition,
  type ConditionFacts,
  type ConditionOperand,
} from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { OPERATORS, QUANTIFIERS, type ComparisonOperator } from '../../src/conditions/operators.js';

const OPERATOR_NAMES = Object.keys(OPERATORS) as ComparisonOperator[];
const SOURCES = ['Request', 'Resource', 'Principal', 'Environment'] as const;
const NAMES = ['a:b', 'c', 'M.S/t:Key<$key_case_sensitive$>'] as const;
const GUIDS = [
  '8b9dfcab-4b77-4632-a6df-94bd07820648',
  '8b9dfcab4b774632a6df94bd07820648',
  '0'.repeat(32),
] as const;

const attribute = fc.record({
  kind: fc.constant('attribute' as const),
  source: fc.constantFrom(...SOURCES),
  name: fc.constantFrom(...NAMES),
});
const literal = fc.oneof(
  fc.record({
    kind: fc.constant('string' as const),
    value: fc
      .oneof(fc.constantFrom('', 'a', 'A', 'ab', 'a*', '?', '\\*', '2026-01-01'), fc.string())
      .filter((text) => !text.includes("'")),
  }),
  fc.record({ kind: fc.constant('number' as const), value: fc.integer({ min: -3, max: 3 }) }),
  fc.record({ kind: fc.constant('boolean' as const), value: fc.boolean() }),
  fc.record({ kind: fc.constant('guid' as const), value: fc.constantFrom(...GUIDS) }),
);
const list = fc.record({
  kind: fc.constant('list' as const),
  values: fc.array(literal, { minLength: 1, maxLength: 3 }),
});
const operand: fc.Arbitrary<ConditionOperand> = fc.oneof(attribute, literal, list);
const comparison = fc
  .record({
    left: operand,
    quantifier: fc.option(fc.constantFrom(...QUANTIFIERS), { nil: undefined }),
    operator: fc.constantFrom(...OPERATOR_NAMES),
    right: operand,
  })
  .map(({ quantifier, ...rest }): Condition => ({
    kind: 'comparison',
    ...rest,
    ...(quantifier === undefined ? {} : { quantifier }),
  }));
const conditions = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'condition' },
    comparison,
    fc.record({ kind: fc.constant('exists' as const), attribute }),
    fc.record({
      kind: fc.constant('actionMatches' as const),
      pattern: fc.constantFrom('P/a/write', 'P/*', 'P/a/*/read'),
    }),
    fc.record({ kind: fc.constant('subOperationMatches' as const), name: fc.constantFrom('One', 'Two') }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('node') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).node;

const value = fc.oneof(
  fc.constantFrom<string | number | boolean>(
    'a',
    'A',
    'ab',
    'a*',
    'true',
    '2026-01-01',
    1,
    -1,
    true,
    ...GUIDS,
  ),
);
const fact: fc.Arbitrary<AttributeFact | undefined> = fc.oneof(
  { weight: 4, arbitrary: value },
  { weight: 2, arbitrary: fc.array(value, { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const attributesOf = fc.record(Object.fromEntries(NAMES.map((name) => [name, fact])));
const facts: fc.Arbitrary<ConditionFacts> = fc.record({
  action: fc.constantFrom('P/a/write', 'P/a/read', undefined),
  subOperation: fc.constantFrom('one', null, undefined),
  attributes: fc.record({
    request: attributesOf,
    resource: attributesOf,
    principal: attributesOf,
    environment: attributesOf,
  }),
});

type Slow = boolean | undefined;

/**
 * Conditions once more, slow and plain, sharing nothing with the code under test: undefined is unknown,
 * and an unknown part is tried as true and as false; where both come out alike, that is the answer.
 */
function slow(condition: Condition, known: ConditionFacts): Slow {
  const parts: Condition[] = [];
  const collect = (node: Condition): void => {
    if (node.kind === 'not') collect(node.operand);
    else if (node.kind === 'and' || node.kind === 'or') node.operands.forEach(collect);
    else parts.push(node);
  };
  collect(condition);
  // Kleene, not supervaluation: each occurrence of an unknown part varies by itself.
  const values = new Map(parts.map((part, index) => [index, slowPart(part, known)]));
  const outcomes = new Set<boolean>();
  const open = [...values].filter(([, truth]) => truth === undefined).map(([index]) => index);
  for (let bits = 0; bits < 2 ** open.length && outcomes.size < 2; bits += 1) {
    let index = -1;
    const run = (node: Condition): boolean => {
      if (node.kind === 'not') return !run(node.operand);
      if (node.kind === 'and' || node.kind === 'or') {
        const all = node.operands.map(run);
        return node.kind === 'and' ? !all.includes(false) : all.includes(true);
      }
      index += 1;
      return values.get(index) ?? (bits >> open.indexOf(index)) % 2 === 1;
    };
    outcomes.add(run(condition));
  }
  return outcomes.size === 2 ? undefined : [...outcomes][0];
}

function slowPart(part: Condition, { action, subOperation, attributes = {} }: ConditionFacts): Slow {
  const fetch = (source: string, name: string): AttributeFact | undefined =>
    (attributes as Record<string, Record<string, AttributeFact>>)[source.toLowerCase()]?.[name];
  if (part.kind === 'exists') {
    const found = fetch(part.attribute.source, part.attribute.name);
    return found === undefined ? undefined : found !== null;
  }
  if (part.kind === 'subOperationMatches') {
    return subOperation === undefined ? undefined : subOperation === part.name.toLowerCase();
  }
  if (part.kind === 'actionMatches') {
    const pattern = new RegExp(`^${part.pattern.replace('/*/', '/(.+/)?').replace(/\*$/, '.*')}$`);
    return action === undefined ? undefined : pattern.test(action);
  }
  if (part.kind !== 'comparison') throw new Error(part.kind);
  const [left, right] = [part.left, part.right].map((side): unknown[] | undefined => {
    if (side.kind === 'list') return side.values.map((item) => item.value);
    const one = side.kind === 'attribute' ? fetch(side.source, side.name) : side.value;
    return one === undefined || one === null ? undefined : [one].flat();
  });
  if (left === undefined || right === undefined) return undefined;
  const table = left.map((a) => right.map((b) => slowCompare(a, part.operator, b)));
  if (part.quantifier === undefined)
    return left.length === 1 && right.length === 1 ? table[0]![0] : undefined;
  const fold = (all: boolean, items: readonly Slow[]): Slow => {
    if (items.includes(!all)) return !all;
    return items.includes(undefined) ? undefined : all;
  };
  const [, first, second] = /^For(Any|All)Of(Any|All)Values$/.exec(part.quantifier)!;
  return fold(
    first === 'All',
    table.map((row) => fold(second === 'All', row)),
  );
}

function slowCompare(a: unknown, operator: string, b: unknown): Slow {
  const [, type, not, relation, ignore] =
    /^(String|Numeric|DateTime|Bool|Guid)(Not)?(.*?)(IgnoreCase)?$/.exec(operator)!;
  const convert = (given: unknown): string | number | undefined => {
    if (type === 'String' && typeof given === 'string')
      return ignore === undefined ? given : given.toLowerCase();
    if (type === 'Numeric' && typeof given === 'number') return given;
    if (type === 'Bool') return { true: 1, false: 0 }[String(given).toLowerCase()];
    if (typeof given !== 'string') return undefined;
    if (type === 'Guid') {
      const hex = given.replace(/-/g, '').toLowerCase();
      return (given.length === 32 || given.length === 36) && /^[\da-f]{32}$/.test(hex) ? hex : undefined;
    }
    return type === 'DateTime' && /^\d{4}-\d\d-\d\d$/.test(given) ? Date.parse(given) : undefined;
  };
  const [x, y] = [convert(a), convert(b)];
  if (x === undefined || y === undefined) return undefined;
  const like = (): RegExp =>
    new RegExp(
      `^${String(y).replace(/\\[*?]|[^]/g, (one) => {
        if (one === '*') return '[^]*';
        return one === '?'
          ? '[^]'
          : `\\u{${(one.length === 2 ? one[1]! : one).codePointAt(0)!.toString(16)}}`;
      })}$`,
      'u',
    );
  const holds = {
    Equals: () => x === y,
    StartsWith: () => String(x).startsWith(String(y)),
    Like: () => like().test(String(x)),
    LessThan: () => x < y,
    LessThanEquals: () => !(x > y),
    GreaterThan: () => x > y,
    GreaterThanEquals: () => !(x < y),
  }[relation!]!();
  return not === undefined ? holds : !holds;
}

describe('conditions', () => {
  it('print and parse back to the same', () => {
    fc.assert(
      fc.property(conditions, (condition) => {
        expect(parseCondition(printCondition(condition))).toEqual(condition);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never come out of the parser from noise in another way than by an AmlAuthError', () => {
    const noise = fc.array(
      fc.constantFrom(
        '(',
        ')',
        '!',
        'AND',
        '||',
        '{',
        '}',
        ',',
        ':',
        "'x'",
        '@Request[a]',
        'Exists',
        'StringEquals',
        '5',
        'true',
        ' ',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(noise, (pieces) => {
        try {
          const condition = parseCondition(pieces.join(' '));
          expect(parseCondition(printCondition(condition))).toEqual(condition);
        } catch (error) {
          expect(error).toMatchObject({ code: 'AML_CONFIG_INVALID' });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('evaluate as a plain model does', () => {
    const seen = new Map<unknown, number>();
    fc.assert(
      fc.property(conditions, facts, (condition, known) => {
        const { truth } = evaluateCondition(condition, known);
        seen.set(truth, (seen.get(truth) ?? 0) + 1);
        expect(truth).toBe(slow(condition, known) ?? 'unknown');
      }),
      { numRuns: 4_000 },
    );
    for (const truth of [true, false, 'unknown']) expect(seen.get(truth)).toBeGreaterThan(100);
  });

  it('come to the same in two steps as in one', () => {
    fc.assert(
      fc.property(conditions, facts, (condition, known) => {
        const { action: _action, subOperation: _subOperation, ...later } = known;
        const first = evaluateCondition(condition, later);
        const whole = evaluateCondition(condition, known);
        if (first.truth === 'unknown') expect(evaluateCondition(first.residual, known)).toEqual(whole);
        else expect(whole).toEqual(first);
      }),
      { numRuns: 1_000 },
    );
  });
});
