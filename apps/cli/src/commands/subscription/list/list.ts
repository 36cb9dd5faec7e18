import { createArmClient, type Subscription } from '@aml-auth/rest';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import type { DataFlags } from '../../../settings/sign-in-flags.js';
import { signIn } from '../../../settings/sign-in.js';
import { subscriptionOf } from '../../../settings/workspace-flags.js';

/** Runs `aml-auth subscription list`. */
export async function list(context: CliContext, flags: DataFlags): Promise<void> {
  const known = await signIn(context, flags);
  const { credential, cloud } = known;
  const chosen = subscriptionOf({}, known)?.toLowerCase();
  const subscriptions: Subscription[] = [];
  for await (const one of createArmClient({ credential, cloud }).subscriptions.list({
    signal: context.signal,
  })) {
    subscriptions.push(one);
  }
  await present(context, flags, { subscriptions }, () => ({
    headings: ['', 'name', 'id', 'state', 'tenant'],
    rows: subscriptions.map(({ subscriptionId, displayName, state, tenantId }) => [
      subscriptionId.toLowerCase() === chosen ? '*' : '',
      displayName,
      subscriptionId,
      state,
      tenantId,
    ]),
  }));
}
