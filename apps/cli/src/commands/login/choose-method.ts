import { AmlAuthError } from '@aml-auth/core';
import type { AccountMethod } from '../../accounts/account.js';
import type { LoginFlags } from './command.js';

/** A way to sign in, or a person by whatever there is: browser, else device code. */
export type LoginMethod = AccountMethod | 'person';

/** Which flag stands for which way. */
const WAYS = [
  ['browser', '--browser', 'browser'],
  ['deviceCode', '--device-code', 'deviceCode'],
  ['certificateFile', '--certificate-file', 'clientCertificate'],
  ['clientSecretFile', '--client-secret-file', 'clientSecret'],
  ['federated', '--federated', 'federated'],
  ['federatedTokenFile', '--federated-token-file', 'federated'],
  ['managedIdentity', '--managed-identity', 'managedIdentity'],
  ['fromAz', '--from-az', 'azureCli'],
  ['emulator', '--emulator', 'emulator'],
] as const satisfies readonly (readonly [keyof LoginFlags, string, AccountMethod])[];

/** Ways that a service principal has. */
const PRINCIPAL: ReadonlySet<LoginMethod> = new Set(['clientSecret', 'clientCertificate', 'federated']);

/**
 * The way to sign in that the flags name.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where they name two, or leave out what the way needs
 */
export function chooseMethod(flags: LoginFlags): LoginMethod {
  const named = WAYS.filter(([key]) => flags[key] !== undefined && flags[key] !== false);
  const methods = new Set<AccountMethod>(named.map(([, , method]) => method));
  const [method = flags.servicePrincipal === true ? 'clientSecret' : 'person', another] = methods;
  const asPrincipal = flags.servicePrincipal === true ? ['--service-principal'] : [];
  if (another !== undefined || (asPrincipal.length > 0 && !PRINCIPAL.has(method))) {
    const given = [...named.map(([, flag]) => flag), ...asPrincipal].join(' and ');
    throw invalid(`${given} are different ways to sign in.`, 'Give one of them.');
  }
  if (PRINCIPAL.has(method) && flags.clientId === undefined) {
    throw invalid('The client id of the service principal is not given.', 'Give it with --client-id.');
  }
  if (method === 'federated' && flags.federated === 'github' && flags.federatedTokenFile !== undefined) {
    throw invalid('--federated github has no token file.', 'Leave one of the two out.');
  }
  if (method !== 'managedIdentity' && (flags.objectId ?? flags.resourceId) !== undefined) {
    throw invalid('--object-id and --resource-id are for managed identities.', 'Add --managed-identity.');
  }
  return method;
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
