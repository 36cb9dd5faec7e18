import { AmlAuthError } from '@aml-auth/core';

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** Tokens of identity providers have a few kilobytes. */
const MAX_LENGTH = 64 * 1024;

/**
 * The assertion, without blanks and line ends around it. Only its form is checked: whether it is
 * trusted is for Microsoft Entra ID to say.
 *
 * @param from - where it came from, for the error; the assertion itself is a secret and not shown
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseAssertion(value: unknown, from: string): string {
  const text = typeof value === 'string' ? value.replace(/^\ufeff/, '').trim() : '';
  if (text.length <= MAX_LENGTH && JWT.test(text)) return text;
  const problem = text === '' ? 'is empty' : 'is not a signed token (JWT)';
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The assertion from ${from} ${problem}.`,
    remedy: 'Check that the identity provider gives a token for the audience api://AzureADTokenExchange.',
  });
}
