import { inspectTokenStore } from '@aml-auth/token-cache';
import { accountStore } from '../../../accounts/account-store.js';
import type { CliContext } from '../../../context.js';
import type { OutputFlags } from '../../../output/output-format.js';
import { present } from '../../../output/present.js';

/** Runs `aml-auth cache list`. */
export async function list(context: CliContext, flags: OutputFlags): Promise<void> {
  const store = accountStore(context.process.env, true);
  const { directory, tier, skipped, degraded } = await store.status();
  const entries = (await inspectTokenStore(store)).map(({ expiresOnTimestamp, ...entry }) => ({
    ...entry,
    expiresOn: new Date(expiresOnTimestamp).toISOString(),
  }));
  const result = { directory, tier, skipped, ...(degraded === undefined ? {} : { degraded }), entries };
  await present(context, flags, result, () => ({
    headings: ['scope', 'tenant', 'client', 'expires', 'state'],
    rows: entries.map(({ scopes, tenantId, clientId, expiresOn, expired }) => [
      scopes.join(' '),
      tenantId,
      clientId,
      expiresOn,
      expired ? 'expired' : 'valid',
    ]),
  }));
}
