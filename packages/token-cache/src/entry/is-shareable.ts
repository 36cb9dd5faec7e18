import type { TokenKey } from '@aml-auth/core';

/**
 * Whether a token may leave this process. Tokens of a managed identity, of an Azure ML job and of a program belong
 * to the machine that they were given to; its platform keeps them already. Only tokens that an authority issued to
 * a known client, those of an Azure CLI session, and the cache of MSAL are shared.
 */
export function isShareable({ authorityHost }: TokenKey): boolean {
  return authorityHost.startsWith('https://') || authorityHost === 'azure-cli' || authorityHost === MSAL_HOST;
}

/** Stands for the authority in keys of MSAL's cache, whose entities have authorities of their own. */
export const MSAL_HOST = 'msal';
