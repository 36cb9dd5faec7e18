import { AmlAuthError } from '@aml-auth/core';
import { clearTokenStore } from '@aml-auth/token-cache';
import { accountNamed, readAccounts, withoutAccount, writeAccounts } from '../../accounts/account-book.js';
import { accountStore } from '../../accounts/account-store.js';
import type { CliContext } from '../../context.js';
import type { LogoutFlags } from './command.js';

/** Runs `aml-auth logout`. */
export async function logout(context: CliContext, { all }: LogoutFlags, name?: string): Promise<void> {
  const { env, stderr } = context.process;
  if (all && name !== undefined) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'Both --all and an account are given.',
      remedy: 'Give one of them.',
    });
  }
  let book = await readAccounts(env);
  const wanted = name ?? book.current;
  if (!all && wanted === undefined) {
    throw new AmlAuthError({
      code: 'AML_NOT_FOUND',
      message: 'Nobody is signed in.',
      remedy: 'See the accounts of this machine with "aml-auth account list"; there is none to sign out of.',
    });
  }
  const gone = all ? book.accounts : [accountNamed(book, wanted ?? '')];
  for (const account of gone) {
    // The tokens first: should that fail, the account is still there to be forgotten.
    await clearTokenStore(accountStore(env, account.plaintext), { fingerprint: account.id });
    book = withoutAccount(book, account.name);
    await writeAccounts(env, book);
    stderr.write(`${context.messages.say.signedOut(account.name)}\n`);
  }
}
