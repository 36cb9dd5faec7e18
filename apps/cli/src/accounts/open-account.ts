import type { Credential } from '@aml-auth/core';
import type { CliContext } from '../context.js';
import type { Account, AccountMethod } from './account.js';
import { accountIdentity } from './account-identity.js';
import { accountStore } from './account-store.js';
import { cachedCredential } from './cached-credential.js';
import { withMinLife } from './with-min-life.js';

/** Tokens of these belong to the machine or to another program, which keep them already. */
const NOT_KEPT: ReadonlySet<AccountMethod> = new Set(['managedIdentity', 'azureCli']);

/** Whether tokens of the account are kept by this program. */
export function isKept({ method }: Account): boolean {
  return !NOT_KEPT.has(method);
}

/**
 * The credential of an account that has signed in before. Loads a sign-in method when a token must be fetched.
 *
 * @param minLifeMs - kept tokens that end sooner are not used
 */
export async function openAccount(context: CliContext, account: Account, minLifeMs = 0): Promise<Credential> {
  const { env } = context.process;
  const store = isKept(account) ? withMinLife(accountStore(env, account.plaintext), minLifeMs) : undefined;
  // Whatever token is used, calls go to the emulator.
  if (account.method === 'emulator') {
    // Brings node:tls along, which costs more than a kept token does.
    const { emulatorApplication } = await import('./emulator-application.js');
    await emulatorApplication(env, account.source.origin);
  }
  const { method, tenantId } = account;
  const identity = accountIdentity(account);
  const open = async (): Promise<Credential> => {
    const { openMethod } = await import('./open-method.js');
    return openMethod(context, account);
  };
  return cachedCredential({ method, identity, tenantId, store, open });
}
