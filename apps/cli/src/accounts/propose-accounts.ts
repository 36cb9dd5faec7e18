import type { CliContext } from '../context.js';

/** The names of accounts that begin so, from the file of this user: nothing is asked over the network. */
export async function proposeAccounts(this: CliContext, partial: string): Promise<readonly string[]> {
  const { readAccounts } = await import('./account-book.js');
  const { accounts } = await readAccounts(this.process.env);
  return accounts.map(({ name }) => name).filter((name) => name.startsWith(partial));
}
