import { AmlAuthError } from '@aml-auth/core';
import { createArmClient, type Subscription } from '@aml-auth/rest';
import { readAccounts, writeAccounts } from '../../../accounts/account-book.js';
import type { CliContext } from '../../../context.js';
import type { SignInFlags } from '../../../settings/sign-in-flags.js';
import { signIn } from '../../../settings/sign-in.js';

/** Runs `aml-auth subscription set`. */
export async function set(
  context: CliContext,
  flags: Pick<SignInFlags, 'account'>,
  wanted: string,
): Promise<void> {
  const { env, stderr } = context.process;
  const { account, credential, cloud } = await signIn(context, flags);
  if (account === undefined) {
    throw new AmlAuthError({
      code: 'AML_NOT_CONFIGURED',
      message: 'Variables say who signs in, and no account, which could have a subscription.',
      remedy: 'Run "aml-auth login", name an account with --account, or set AZURE_SUBSCRIPTION_ID.',
    });
  }
  const found: Subscription[] = [];
  for await (const one of createArmClient({ credential, cloud }).subscriptions.list({
    signal: context.signal,
  })) {
    if (fits(one, wanted)) found.push(one);
  }
  const { subscriptionId } = onlyOne(found, wanted);
  const book = await readAccounts(env);
  const accounts = book.accounts.map((one) =>
    one.name === account.name ? { ...one, subscription: subscriptionId } : one,
  );
  await writeAccounts(env, { ...book, accounts });
  stderr.write(`${context.messages.say.subscriptionSet(subscriptionId, account.name)}\n`);
}

function fits({ subscriptionId, displayName }: Subscription, wanted: string): boolean {
  return [subscriptionId, displayName].some((text) => text?.toLowerCase() === wanted.toLowerCase());
}

function onlyOne(found: readonly Subscription[], wanted: string): Subscription {
  const [only, another] = found;
  if (only === undefined) {
    throw new AmlAuthError({
      code: 'AML_NOT_FOUND',
      message: `The account sees no subscription ${wanted}.`,
      remedy: '"aml-auth subscription list" shows those that it sees.',
    });
  }
  if (another === undefined) return only;
  const ids = found.map(({ subscriptionId }) => subscriptionId).join(', ');
  throw new AmlAuthError({
    code: 'AML_AMBIGUOUS',
    message: `Several subscriptions are called ${wanted}: ${ids}.`,
    remedy: 'Give the id of one of them.',
  });
}
