import { AmlAuthError } from '@aml-auth/core';
import { generateHelpTextForAllCommands, type Application, type CommandContext } from '@stricli/core';
import { expect, it } from 'vitest';
import { application } from '../application.js';
import { formatError } from './format-error.js';
import { OPTION_WORDS, withFlags } from './option-words.js';

const error = new AmlAuthError({
  code: 'AML_CREDENTIAL_REJECTED',
  message: 'The secret is wrong.',
  remedy: 'Make a new one.',
  aadsts: 7000215,
  correlation: { correlationId: 'c1', traceId: 't1' },
});

it('says what happened, what to do next, and which ids support can look up', () => {
  expect(formatError(error, 'text')).toBe(
    [
      'error AML_CREDENTIAL_REJECTED (AADSTS7000215): The secret is wrong.',
      '  next: Make a new one.',
      '  ids:  correlationId c1, traceId t1',
    ].join('\n'),
  );
});

it('leaves out what is not there', () => {
  expect(formatError(new AmlAuthError({ code: 'AML_UNEXPECTED', message: 'No.' }), 'text')).toBe(
    'error AML_UNEXPECTED: No.',
  );
});

it('is one JSON object under "error" for programs', () => {
  expect(JSON.parse(formatError(error, 'json'))).toMatchObject({
    error: { code: 'AML_CREDENTIAL_REJECTED', aadsts: 7000215, retryable: false, remedy: 'Make a new one.' },
  });
});

it.each([
  [
    'Delete these assignments first (deleteRoleAssignment), then the role.',
    'aml-auth role assignment delete',
  ],
  ['Then make the same call again: it is no error.', 'run the same command again'],
  ['Give principalType Group.', '--principal-type'],
  ['Raise timeLimitMs, or send less at once.', '--time-limit'],
])('says %j in words of the command line', (remedy, words) => {
  const failure = new AmlAuthError({ code: 'AML_CONFLICT', message: 'No.', remedy });
  for (const format of ['text', 'json'] as const) {
    expect(formatError(failure, format).replaceAll('\\"', '"')).toContain(words);
    expect(formatError(failure, format)).not.toMatch(/deleteRoleAssignment|timeLimitMs|same call/);
  }
});

it.each([
  ['Give certificatePassword.', 'Give --certificate-password-file.'],
  ['Check certificatePassword and the file.', 'Check --certificate-password-file and the file.'],
  [
    'Give tenantId: the tenant id or a domain name of it.',
    'Give --tenant: the tenant id or a domain name of it.',
  ],
  ['Choose the tenant of the workspace (tenantId).', 'Choose the tenant of the workspace (--tenant).'],
  [
    'More than one of clientId, objectId and resourceId.',
    'More than one of --client-id, --object-id and --resource-id.',
  ],
  ['fromBrowser({ tenantId })', 'fromBrowser({ tenantId })'],
  ['{"clientId":"x"} and tenantId=y and /tenantId/z', '{"clientId":"x"} and tenantId=y and /tenantId/z'],
  ['myTenantId, tenantIdOf and identity.principalId', 'myTenantId, tenantIdOf and identity.principalId'],
])('names the flag for an option of the packages: %j', (text, told) => {
  expect(withFlags(text)).toBe(told);
});

it('names flags that there are, and changes nothing that a service said', () => {
  const helps = generateHelpTextForAllCommands(
    application('0.0.0') as unknown as Application<CommandContext>,
  );
  const all = helps.map(([, text]) => text).join('\n');
  for (const flag of Object.values(OPTION_WORDS))
    expect(all).toMatch(new RegExp(`${flag.split(' ')[0] ?? ''}\\b`));
  const said = (code: 'AML_CONFIG_INVALID' | 'AML_REQUEST_REJECTED'): string =>
    formatError(new AmlAuthError({ code, message: 'The clientId is wrong.' }), 'text');
  expect(said('AML_CONFIG_INVALID')).toContain('The --client-id is wrong.');
  expect(said('AML_REQUEST_REJECTED')).toContain('The clientId is wrong.');
});
