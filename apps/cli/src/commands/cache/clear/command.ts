import { defineCommand } from '../../../define-command.js';
import { textFlag } from '../../../settings/text-flag.js';

/** Options of `aml-auth cache clear`. */
export interface CacheClearFlags {
  readonly expired: boolean;
  readonly tenant?: string | undefined;
  readonly clientId?: string | undefined;
}

/** `aml-auth cache clear`: forgets tokens. */
export const cacheClearCommand = defineCommand<CacheClearFlags>({
  brief: 'Forget tokens that are kept',
  fullDescription:
    'Without a flag everything goes, sign-ins of people and damaged files too; accounts stay, and people must sign in again.',
  examples: ['cache clear --expired', 'cache clear'],
  parameters: {
    flags: {
      expired: { kind: 'boolean', default: false, withNegated: false, brief: 'Only what has expired' },
      tenant: textFlag('Only tokens of this tenant', 'id|domain'),
      clientId: textFlag('Only tokens of this client', 'guid'),
    },
    aliases: { t: 'tenant' },
  },
  load: async () => (await import('./clear.js')).clear,
});
