import { readAccounts } from '../../../accounts/account-book.js';
import { summaryOf } from '../../../accounts/account-summary.js';
import type { CliContext } from '../../../context.js';
import type { OutputFlags } from '../../../output/output-format.js';
import { present } from '../../../output/present.js';

/** Runs `aml-auth account list`. */
export async function list(context: CliContext, flags: OutputFlags): Promise<void> {
  const { env } = context.process;
  const { current, accounts } = await readAccounts(env);
  const summaries = await Promise.all(accounts.map((one) => summaryOf(env, one, one.name === current)));
  await present(context, flags, { accounts: summaries }, () => ({
    headings: ['', 'name', 'method', 'tenant', 'cloud', 'storage'],
    rows: summaries.map(({ current: isCurrent, name, method, tenantId, cloud, storage }) => [
      isCurrent === true ? '*' : '',
      name,
      method,
      tenantId,
      cloud,
      storage,
    ]),
  }));
}
