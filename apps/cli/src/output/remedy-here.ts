import type { AmlAuthError } from '@aml-auth/core';
import { withFlags } from './option-words.js';

/** What the packages call by the names of functions and options of theirs, and what it is called here. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /Look it up with findRoleAssignment, or make it with createRoleAssignment\./,
    'Look it up with "aml-auth role assignment list", or make it with "aml-auth role assignment create".',
  ],
  [
    /make the same call again, or revokeAccess with the receipt: /,
    'run the same command again, or take back what was given ("aml-auth workspace unshare --receipt" with the file of --receipt): ',
  ],
  [/make the same call again/, 'run the same command again'],
  [/Leave it out of dependents\./, 'Leave it out of --dependents.'],
  [
    /read its identity\.principalId and use createRoleAssignment/,
    'give its identity.principalId to "aml-auth role assignment create --assignee"',
  ],
  [/Give (?:the )?principalType/, 'Give --principal-type or --assignee-principal-type'],
  [/\(deleteRoleAssignment\)/, '("aml-auth role assignment delete")'],
  [/\(updateRoleDefinition\)/, '("aml-auth role definition update")'],
  [
    /, change its condition \(updateRoleAssignment\), or delete it/,
    ', or delete it ("aml-auth role assignment delete")',
  ],
  [/getRoleDefinition finds it/, '"aml-auth role definition show" finds it'],
  [/what collectAccess returned/, '"aml-auth access collect"'],
  [/listCredentials shows/, '"aml-auth sp credential list" shows'],
  [/\(listCredentials\)/, '("aml-auth sp credential list")'],
  [/'read', 'write' or \{ role \} for/, 'read, write or a role for'],
  [/use fromDeviceCode\(\)(?: here)?/i, 'use --device-code'],
  [
    /Sign in with fromBrowser or fromDeviceCode, and give both the same session store\./,
    'Sign in again: aml-auth login',
  ],
  [/lintRole of @aml-auth\/permissions checks it offline/, '"aml-auth role lint" checks it offline'],
  [/as long as retryAfterMs says/, 'a while'],
  [/, or raise timeLimits(?:\.totalMs| of the client)\./, ', or try again later.'],
  [/, and repeat the change/, ', and run the command again'],
  [/[Rr]aise timeLimitMs/, 'give more time where the command has --time-limit'],
  [/retry: "always"/, '--retry always'],
];

/** A remedy in the words of the command line: a person who runs a command has no functions to call. */
export function remedyHere(remedy: string): string {
  const told = WORDS.reduce((text, [words, here]) => text.replace(words, () => here), remedy);
  return withFlags(told).replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

/**
 * What happened, in the words of the command line. Only what the packages say about options is changed: what a service
 * said stays as it is.
 */
export function messageHere({ code, message }: Pick<AmlAuthError, 'code' | 'message'>): string {
  return code === 'AML_CONFIG_INVALID' ? withFlags(message) : message;
}
