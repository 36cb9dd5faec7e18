import { isGuid } from '@aml-auth/core';

/** `authorization_uri="https://login.windows.net/<tenant>"` tells whose token the service wants. */
export function tenantOfChallenge(headers: Pick<Headers, 'get'>): string | undefined {
  const challenge = headers.get('www-authenticate') ?? '';
  const tenant = /authorization_uri="https:\/\/[^/"]+\/([^/"]+)/.exec(challenge)?.[1];
  return tenant !== undefined && isGuid(tenant) ? tenant : undefined;
}
