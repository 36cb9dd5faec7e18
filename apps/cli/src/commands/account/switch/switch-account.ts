import { AmlAuthError } from '@aml-auth/core';
import { accountNamed, readAccounts, writeAccounts } from '../../../accounts/account-book.js';
import type { Accounts } from '../../../accounts/account.js';
import type { CliContext } from '../../../context.js';

/** Runs `aml-auth account switch`. */
export async function switchAccount(context: CliContext, _flags: object, name?: string): Promise<void> {
  const { env, stderr } = context.process;
  const book = await readAccounts(env);
  const account = accountNamed(book, name ?? otherOf(book));
  await writeAccounts(env, { ...book, current: account.name });
  stderr.write(`${context.messages.say.switched(account.name)}\n`);
}

function otherOf({ current, accounts }: Accounts): string {
  const others = accounts.filter((account) => account.name !== current);
  const [only, another] = others;
  if (only !== undefined && another === undefined) return only.name;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: only === undefined ? 'There is no other account.' : 'There are several other accounts.',
    remedy:
      only === undefined
        ? 'Sign in with "aml-auth login".'
        : `Name one of ${others.map((account) => account.name).join(', ')}.`,
  });
}
