import { AmlAuthError } from '@aml-auth/core';
import { fileTokenStore, migrateTokenStore, rotateKeys } from '@aml-auth/token-cache';
import { accountStore } from '../../../accounts/account-store.js';
import type { CliContext } from '../../../context.js';
import type { CacheMigrateFlags } from './command.js';

/** Runs `aml-auth cache migrate`. */
export async function migrate(context: CliContext, { rotate }: CacheMigrateFlags): Promise<void> {
  const { env, stderr } = context.process;
  const sealed = accountStore(env);
  const { tier, skipped } = await sealed.status();
  if (tier === 'memory') {
    throw new AmlAuthError({
      code: 'AML_UNAVAILABLE',
      message: `There is no key to seal with. ${skipped.map((one) => `${one.tier}: ${one.reason}`).join(' ')}`,
      remedy: 'Set AML_AUTH_CACHE_PASSPHRASE_FILE or AML_AUTH_CACHE_KEY.',
    });
  }
  const inTheClear = fileTokenStore({ env, keys: [], unsafeAllowPlaintext: true });
  const plain = await migrateTokenStore(inTheClear, sealed);
  const { moved, left } = rotate ? await rotateKeys(sealed) : await migrateTokenStore(sealed);
  stderr.write(`${context.messages.say.sealed(Math.max(moved, plain.moved), left, tier)}\n`);
}
