import { ERROR_CODES } from '@aml-auth/core';
import { AADSTS_ERRORS, SIGN_IN_CASES } from '@aml-auth/credentials';

/** Where the page is, from the root of the repository. */
export const ERRORS_PAGE = 'docs/errors.md';

/** Stands for the values of the reader's own sign-in in the remedies. */
const subject = {
  authorityHost: 'https://login.microsoftonline.com',
  tenantId: 'TENANT',
  clientId: 'CLIENT_ID',
};

const INTRODUCTION = `# Errors

<!-- Made from the tables in the code by \`pnpm errors-page\`. Do not edit by hand. -->

Every failure of an aml-auth package is an \`AmlAuthError\` of [\`@aml-auth/core\`](../packages/core/README.md). Decide by
\`code\`, which is stable; \`message\` and \`remedy\` are for people and may change.

\`\`\`ts
import { isAmlAuthError } from '@aml-auth/core';

export function report(error: unknown): void {
  if (!isAmlAuthError(error)) throw error;
  console.error(error.code, error.message);
  if (error.remedy !== undefined) console.error('Next:', error.remedy);
  if (error.retryable) console.error('The same call may succeed later.', error.retryAfterMs);
}
\`\`\``;

const CODES = `## Codes

Disposition \`skip\` means that the sign-in method does not apply here: a chain asks its next link. \`stop\` means that it
applies and was refused, or that the failure has nothing to do with the choice of method: a chain ends. Retryable means
that the same call may succeed later without any change.`;

const AADSTS = `## AADSTS numbers

Microsoft Entra ID names its reasons by number, in \`aadsts\` of the error. These numbers are known here; any
other number still comes with its text and a code. \`CLIENT_ID\` and \`TENANT\` stand for your own values. Microsoft's list:
[error codes of the identity platform](https://learn.microsoft.com/entra/identity-platform/reference-error-codes).`;

const CASES = `## A browser that does not sign in

What people meet on the pages of Microsoft Entra ID and in Azure Machine Learning studio, mostly without a number.`;

/** The text of the page, made from the tables in the code. */
export function errorsPage(): string {
  const codes = Object.entries(ERROR_CODES).map(([code, { disposition, retryable, summary }]) => [
    `\`${code}\``,
    disposition,
    retryable ? 'yes' : 'no',
    summary,
  ]);
  const numbers = Object.entries(AADSTS_ERRORS).map(([number, facts]) => [
    number,
    facts.meaning,
    facts.cause,
    facts.remedy(subject),
    `\`${facts.code}\``,
    facts.retryable ? 'yes' : 'no',
  ]);
  const cases = SIGN_IN_CASES.map(({ symptom, cause, nextStep, aadsts }) => [
    symptom,
    cause,
    nextStep,
    aadsts.join(', '),
  ]);
  return [
    INTRODUCTION,
    CODES,
    table(['code', 'disposition', 'retryable', 'what happened'], codes),
    AADSTS,
    table(['number', 'what it means', 'usual cause', 'what to do', 'code', 'retryable'], numbers),
    CASES,
    table(['what you see', 'usual cause', 'what to do', 'numbers'], cases),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

/** A Markdown table with aligned columns, as the formatter of this repository writes it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`)));
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}
