import { defineCommand } from '../../../define-command.js';
import { endpointAliases, endpointArgument, endpointFlags, type EndpointFlags } from '../endpoint-flags.js';

/** `aml-auth endpoint show`. */
export const endpointShowCommand = defineCommand<EndpointFlags, [string]>({
  brief: 'Show an online endpoint and its deployments',
  fullDescription: 'What its callers prove themselves with, where it is, and which deployment gets how much.',
  examples: ['endpoint show churn --workspace ml -g rg-ml'],
  parameters: {
    flags: endpointFlags,
    aliases: { ...endpointAliases, o: 'output' },
    positional: { kind: 'tuple', parameters: [endpointArgument] },
  },
  load: async () => (await import('./show.js')).show,
});
