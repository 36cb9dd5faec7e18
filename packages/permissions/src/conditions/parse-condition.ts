import {
  ATTRIBUTE_SOURCES,
  type Condition,
  type ConditionAttribute,
  type ConditionLiteral,
  type ConditionOperand,
} from './condition.js';
import { conditionError } from './condition-error.js';
import { findOperator, findQuantifier, type ComparisonOperator, type Quantifier } from './operators.js';
import { tokenize, type Token } from './tokenize.js';

/** Azure takes a few kilobytes; nothing that people write is nested as deep as this. */
const MAX_DEPTH = 100;

/** A place in the text, and what can be asked and taken there. */
interface Reader {
  readonly peek: (ahead?: number) => Token;
  readonly take: () => Token;
  readonly takeIf: (...texts: readonly string[]) => boolean;
  readonly expect: (text: string) => void;
  readonly fail: (problem: string) => Error;
}

/**
 * Reads a condition as Azure writes it (Microsoft Learn, "Azure role assignment condition format and
 * syntax"). Words are read in any case; `&&`, `||` and `!` stand for AND, OR and NOT; the `@` of an
 * attribute may be missing, as in some built-in roles. AND beside OR without parentheses is refused: the
 * documentation calls it ambiguous.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` that names the place
 */
export function parseCondition(text: string): Condition {
  const reader = createReader(text);
  const condition = readCondition(reader, 0);
  if (reader.peek().kind !== 'end') throw reader.fail('AND or OR is missing, or a parenthesis is too many');
  return condition;
}

function createReader(text: string): Reader {
  const tokens = tokenize(text);
  let index = 0;
  const end: Token = { kind: 'end', text: '', position: text.length };
  const peek = (ahead = 0): Token => tokens[index + ahead] ?? end;
  const fail = (problem: string): Error => conditionError(text, peek().position, problem);
  const takeIf = (...texts: readonly string[]): boolean => {
    const { kind, text: found } = peek();
    const fits = (kind === 'word' || kind === 'symbol') && texts.includes(found.toUpperCase());
    if (fits) index += 1;
    return fits;
  };
  return {
    peek,
    fail,
    takeIf,
    take() {
      const token = peek();
      index += 1;
      return token;
    },
    expect(wanted) {
      if (!takeIf(wanted)) throw fail(`${wanted} is missing`);
    },
  };
}

function readCondition(reader: Reader, depth: number): Condition {
  if (depth > MAX_DEPTH) throw reader.fail('it is nested too deeply');
  const first = readNot(reader, depth);
  const operands = [first];
  let kind: 'and' | 'or' | undefined;
  for (;;) {
    const next = reader.takeIf('AND', '&&') ? 'and' : reader.takeIf('OR', '||') ? 'or' : undefined;
    if (next === undefined) return kind === undefined ? first : { kind, operands };
    if (kind !== undefined && next !== kind) throw reader.fail('AND beside OR needs parentheses');
    kind = next;
    operands.push(readNot(reader, depth));
  }
}

function readNot(reader: Reader, depth: number): Condition {
  if (depth > MAX_DEPTH) throw reader.fail('it is nested too deeply');
  if (reader.takeIf('NOT', '!')) return { kind: 'not', operand: readNot(reader, depth + 1) };
  if (reader.takeIf('(')) {
    const inner = readCondition(reader, depth + 1);
    reader.expect(')');
    return inner;
  }
  return readPrimary(reader);
}

function readPrimary(reader: Reader): Condition {
  if (reader.takeIf('ACTIONMATCHES')) return { kind: 'actionMatches', pattern: readBraced(reader) };
  if (reader.takeIf('SUBOPERATIONMATCHES')) return { kind: 'subOperationMatches', name: readBraced(reader) };
  if (reader.takeIf('EXISTS')) {
    if (reader.peek().kind !== 'attribute') throw reader.fail('Exists needs an attribute');
    return { kind: 'exists', attribute: readAttribute(reader) };
  }
  const left = readOperand(reader);
  const comparison = readOperator(reader);
  return { kind: 'comparison', left, ...comparison, right: readOperand(reader) };
}

/** The text in braces behind a function. */
function readBraced(reader: Reader): string {
  reader.expect('{');
  if (reader.peek().kind !== 'string') throw reader.fail('a text in single quotes is missing');
  const { text } = reader.take();
  reader.expect('}');
  return text;
}

function readOperator(reader: Reader): { quantifier?: Quantifier; operator: ComparisonOperator } {
  const quantifier = reader.peek(1).text === ':' ? findQuantifier(reader.peek().text) : undefined;
  if (quantifier !== undefined) {
    reader.take();
    reader.take();
  }
  const operator = reader.peek().kind === 'word' ? findOperator(reader.peek().text) : undefined;
  if (operator === undefined) throw reader.fail('a comparison operator such as StringEquals is missing');
  reader.take();
  return quantifier === undefined ? { operator } : { quantifier, operator };
}

function readOperand(reader: Reader): ConditionOperand {
  if (reader.peek().kind === 'attribute') return readAttribute(reader);
  if (!reader.takeIf('{')) return readLiteral(reader);
  const values = [readLiteral(reader)];
  while (reader.takeIf(',')) values.push(readLiteral(reader));
  reader.expect('}');
  return { kind: 'list', values };
}

function readAttribute(reader: Reader): ConditionAttribute {
  const { source: given = '', text: name } = reader.peek();
  const source = ATTRIBUTE_SOURCES.find((known) => known.toLowerCase() === given.toLowerCase());
  if (source === undefined || name === '') {
    throw reader.fail(`an attribute is one of ${ATTRIBUTE_SOURCES.join(', ')}, with its name in brackets`);
  }
  reader.take();
  return { kind: 'attribute', source, name };
}

function readLiteral(reader: Reader): ConditionLiteral {
  const { kind, text } = reader.peek();
  if (reader.takeIf('TRUE')) return { kind: 'boolean', value: true };
  if (reader.takeIf('FALSE')) return { kind: 'boolean', value: false };
  if (kind === 'number' && Number.isSafeInteger(Number(text))) {
    reader.take();
    // No minus zero: it would not print as it was read.
    return { kind, value: Number(text) + 0 };
  }
  if (kind !== 'string' && kind !== 'guid') {
    throw reader.fail(
      'an attribute, a text in single quotes, a whole number, true, false or a GUID is missing',
    );
  }
  reader.take();
  return { kind, value: text };
}
