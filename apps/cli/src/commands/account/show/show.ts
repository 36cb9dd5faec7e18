import { AmlAuthError, defaultScope, toAmlAuthError } from '@aml-auth/core';
import { accountNamed, readAccounts } from '../../../accounts/account-book.js';
import { summaryOf } from '../../../accounts/account-summary.js';
import type { Account } from '../../../accounts/account.js';
import { openAccount } from '../../../accounts/open-account.js';
import type { CliContext } from '../../../context.js';
import { exitCodeOf } from '../../../exit-code.js';
import type { OutputFlags } from '../../../output/output-format.js';
import { messageHere, remedyHere } from '../../../output/remedy-here.js';
import { present } from '../../../output/present.js';

/** Runs `aml-auth account show`. */
export async function show(context: CliContext, flags: OutputFlags, name?: string): Promise<void> {
  const { env } = context.process;
  const book = await readAccounts(env);
  const wanted = name ?? book.current;
  if (wanted === undefined) {
    throw new AmlAuthError({
      code: 'AML_NOT_CONFIGURED',
      message: 'Nobody is signed in.',
      remedy: 'Run "aml-auth login".',
    });
  }
  const account = accountNamed(book, wanted);
  const shown = {
    ...(await summaryOf(env, account, account.name === book.current)),
    ...(await stateOf(context, account)),
  };
  await present(context, flags, shown, () => ({ record: shown }));
}

/** Whether the account has a token, by asking for one. */
async function stateOf(context: CliContext, account: Account): Promise<Record<string, string | undefined>> {
  try {
    const credential = await openAccount(context, account);
    const scope = defaultScope(account.cloud.resourceManager.audience);
    const { expiresOnTimestamp } = await credential.getToken(scope, { abortSignal: context.signal });
    return { state: 'signedIn', expiresOn: new Date(expiresOnTimestamp).toISOString() };
  } catch (error) {
    const { code, message, remedy } = toAmlAuthError(error);
    if (code === 'AML_CANCELLED') throw error;
    context.process.exitCode = exitCodeOf(toAmlAuthError(error));
    const next = remedy === undefined ? undefined : remedyHere(remedy);
    return { state: 'failed', code, message: messageHere({ code, message }), remedy: next };
  }
}
