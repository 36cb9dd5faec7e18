import { defineCommand } from '../../../define-command.js';
import { endpointAliases, endpointFlags, type EndpointFlags } from '../endpoint-flags.js';

/** `aml-auth endpoint list`. */
export const endpointListCommand = defineCommand<EndpointFlags>({
  brief: 'List the online endpoints of a workspace',
  examples: ['endpoint list --workspace ml -g rg-ml', 'endpoint list -o tsv --query "endpoints[].name"'],
  parameters: { flags: endpointFlags, aliases: { ...endpointAliases, o: 'output' } },
  load: async () => (await import('./list.js')).list,
});
