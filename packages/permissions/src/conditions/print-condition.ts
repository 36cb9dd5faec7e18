import { AmlAuthError } from '@aml-auth/core';

import type { Condition, ConditionAttribute, ConditionLiteral, ConditionOperand } from './condition.js';

/**
 * A condition as text that `parseCondition` and Azure read, in one line.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a text with a single quote, which conditions have no way to write
 */
export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.operands.map(printPart).join(` ${condition.kind.toUpperCase()} `);
    case 'not':
      return `!(${printCondition(condition.operand)})`;
    case 'actionMatches':
      return `ActionMatches{${quoted(condition.pattern)}}`;
    case 'subOperationMatches':
      return `SubOperationMatches{${quoted(condition.name)}}`;
    case 'exists':
      return `Exists ${printAttribute(condition.attribute)}`;
    case 'comparison': {
      const { left, quantifier, operator, right } = condition;
      const whole = quantifier === undefined ? operator : `${quantifier}:${operator}`;
      return `${printOperand(left)} ${whole} ${printOperand(right)}`;
    }
  }
}

/** An operand of AND or OR. */
function printPart(condition: Condition): string {
  return `(${printCondition(condition)})`;
}

function printOperand(operand: ConditionOperand): string {
  if (operand.kind === 'attribute') return printAttribute(operand);
  return operand.kind === 'list' ? `{${operand.values.map(printLiteral).join(', ')}}` : printLiteral(operand);
}

function printAttribute({ source, name }: ConditionAttribute): string {
  return `@${source}[${name}]`;
}

function printLiteral(literal: ConditionLiteral): string {
  return literal.kind === 'string' ? quoted(literal.value) : String(literal.value);
}

function quoted(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The text ${JSON.stringify(text.slice(0, 100))} cannot stand in a condition: it has a single quote.`,
    remedy: 'Compare with StringLike and put ? in its place.',
  });
}
