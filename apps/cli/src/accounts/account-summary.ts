import type { Cell } from '../output/print-table.js';
import type { Environment } from '../files/config-folder.js';
import type { Account } from './account.js';
import { accountStore } from './account-store.js';
import { isKept } from './open-account.js';

/** An account for people and programs: what is known of it, where its tokens are kept, and no secret. */
export type AccountSummary = Readonly<Record<string, Cell>>;

/** What is shown of an account. */
export async function summaryOf(
  env: Environment,
  account: Account,
  current: boolean,
): Promise<AccountSummary> {
  const { name, method, kind, userName, objectId, tenantId, clientId, cloud, subscription, signedInAt } =
    account;
  return {
    name,
    current,
    method,
    kind,
    user: userName,
    tenantId,
    clientId,
    objectId,
    cloud: cloud.name,
    subscription,
    storage: isKept(account) ? (await accountStore(env, account.plaintext).status()).tier : 'none',
    signedInAt,
  };
}
