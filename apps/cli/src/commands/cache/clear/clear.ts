import { clearTokenStore } from '@aml-auth/token-cache';
import { accountStore } from '../../../accounts/account-store.js';
import type { CliContext } from '../../../context.js';
import type { CacheClearFlags } from './command.js';

/** Runs `aml-auth cache clear`. */
export async function clear(context: CliContext, flags: CacheClearFlags): Promise<void> {
  const { env, stderr } = context.process;
  const { expired, tenant: tenantId, clientId } = flags;
  const count = await clearTokenStore(accountStore(env, true), { expired, tenantId, clientId });
  stderr.write(`${context.messages.say.cleared(count)}\n`);
}
