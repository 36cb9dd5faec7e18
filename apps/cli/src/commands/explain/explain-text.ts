import { ERROR_CODES, type AmlAuthErrorCode } from '@aml-auth/core';
import { AADSTS_ERRORS } from '@aml-auth/credentials';
import { explainError } from '@aml-auth/permissions';

/** One error in a text, and what helps. */
export interface ExplainedError {
  readonly kind: 'accessRefused' | 'aadsts' | 'amlAuth';
  readonly code: string;
  readonly lines: readonly string[];
}

/** Numbers beyond this are no different ones. */
const MAX_NUMBERS = 20;

/** Stands for who signed in, which a text does not say in a form that can be relied on. */
const SOMEBODY = {
  authorityHost: 'https://login.microsoftonline.com',
  tenantId: '<tenant id>',
  clientId: '<client id>',
};

const BARE_REFUSAL = "does not have authorization to perform action '";

/** Every error in the text that something is known about: refusals first, since they say the most. */
export function explainText(text: string): readonly ExplainedError[] {
  return [...refusals(text), ...aadsts(text), ...own(text)];
}

function refusals(text: string): readonly ExplainedError[] {
  // Portals show the message without its code.
  const explained =
    explainError(text) ??
    (text.includes(BARE_REFUSAL) ? explainError({ code: 'AuthorizationFailed', message: text }) : undefined);
  return explained === undefined
    ? []
    : [{ kind: 'accessRefused', code: explained.error.code, lines: explained.lines }];
}

function aadsts(text: string): readonly ExplainedError[] {
  const numbers = new Set(
    [...text.matchAll(/\bAADSTS(\d{4,10})\b/gi)].slice(0, MAX_NUMBERS).map(([, digits]) => Number(digits)),
  );
  return [...numbers].flatMap((number): ExplainedError[] => {
    const facts = AADSTS_ERRORS[number];
    if (facts === undefined) return [];
    const code = `AADSTS${number}`;
    return [
      { kind: 'aadsts', code, lines: [`${code}: ${facts.meaning}`, facts.cause, facts.remedy(SOMEBODY)] },
    ];
  });
}

function own(text: string): readonly ExplainedError[] {
  const codes = new Set(text.match(/\bAML_[A-Z_]{3,40}\b/g) ?? []);
  return [...codes].flatMap((code): ExplainedError[] => {
    if (!Object.hasOwn(ERROR_CODES, code)) return [];
    const { summary, retryable } = ERROR_CODES[code as AmlAuthErrorCode];
    const again = retryable
      ? 'The same call may succeed later.'
      : 'The same call fails again until something is changed.';
    return [{ kind: 'amlAuth', code, lines: [`${code}: ${summary}`, again] }];
  });
}
