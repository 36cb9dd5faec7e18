import { AmlAuthError } from '@aml-auth/core';
import type { JSONValue } from '@jmespath-community/jmespath';

/** Longest expression that is read, in UTF-16 code units. Longer ones are no questions of people. */
const MAX_LENGTH = 10_000;

/**
 * The part of a result that a JMESPath expression names. The library is loaded when it is asked for.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the expression cannot be read or does not fit the result
 */
export async function queryResult(value: unknown, expression: string): Promise<unknown> {
  if (expression.length > MAX_LENGTH) throw invalid(`it is longer than ${MAX_LENGTH} characters`);
  const { search } = await import('@jmespath-community/jmespath');
  try {
    // What JSON leaves out must not be there for an expression either.
    return search(JSON.parse(JSON.stringify(value)) as JSONValue, expression);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error), error);
  }
}

function invalid(why: string, cause?: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The expression of --query cannot be used: ${why.replace(/\.$/, '')}.`,
    remedy:
      'Write a JMESPath expression over what "-o json" prints, such as "workspaces[].name"; see https://jmespath.org.',
    cause,
  });
}
