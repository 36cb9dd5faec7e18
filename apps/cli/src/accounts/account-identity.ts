import type { TokenIdentity } from '@aml-auth/core';
import type { Account } from './account.js';

/** The public client of the Azure CLI, which signs people in. */
const AZURE_CLI_CLIENT = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** Stands for the tenant where the account at sign-in decides. */
const ANY_TENANT = 'organizations';

/** What the tokens of an account have in common, in the store and in memory. */
export function accountIdentity(
  account: Pick<Account, 'cloud' | 'tenantId' | 'clientId' | 'id'>,
): TokenIdentity {
  const { cloud, tenantId = ANY_TENANT, clientId = AZURE_CLI_CLIENT, id } = account;
  return { authorityHost: cloud.authorityHost, tenantId, clientId, fingerprint: id };
}
