import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';

/** `aml-auth tenant list`: the tenants that the caller belongs to. */
export const tenantListCommand = defineCommand<DataFlags>({
  brief: 'List the tenants that you belong to',
  examples: ['tenant list', 'tenant list -o json --query "tenants[].tenantId"'],
  parameters: { flags: { ...signInFlags, ...outputFlags }, aliases: { o: 'output', t: 'tenant' } },
  load: async () => (await import('./list.js')).list,
});
