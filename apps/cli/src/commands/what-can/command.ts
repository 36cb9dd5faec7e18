import {
  accessAliases,
  accessFlags,
  principalFlag,
  type AccessFlags,
  type PrincipalFlag,
} from '../../access/access-flags.js';
import { defineCommand } from '../../define-command.js';

/** `aml-auth what-can`: everything that somebody may do. */
export const whatCanCommand = defineCommand<AccessFlags & PrincipalFlag>({
  brief: 'List what somebody may do in Azure Machine Learning',
  fullDescription: 'Goes through the published operations of Azure Machine Learning and decides each.',
  examples: ['what-can --workspace ml -g rg-ml', 'what-can -o tsv --query allowed'],
  parameters: { flags: { ...principalFlag, ...accessFlags }, aliases: accessAliases },
  load: async () => (await import('./what-can.js')).whatCanDo,
});
