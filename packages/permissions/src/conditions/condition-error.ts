import { AmlAuthError } from '@aml-auth/core';

/** `AML_CONFIG_INVALID` about the text of a condition. */
export function conditionError(text: string, position: number, problem: string): AmlAuthError {
  const near = text.slice(position, position + 40);
  const where = near === '' ? 'at its end' : `at character ${position + 1} (${JSON.stringify(near)})`;
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The condition cannot be read ${where}: ${problem}.`,
    remedy:
      'Write it as Microsoft Learn, "Azure role assignment condition format and syntax", says; texts stand in single quotes, and AND and OR side by side need parentheses.',
  });
}
