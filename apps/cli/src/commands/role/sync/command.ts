import { scopeAliases } from '../../../access/scope-flags.js';
import { defineCommand } from '../../../define-command.js';
import { listFlag, textFlag } from '../../../settings/text-flag.js';
import { definitionFlags, type DefinitionFlags } from '../definition/definition-flags.js';

/** Options of `aml-auth role sync`. */
export interface RoleSyncFlags extends DefinitionFlags {
  readonly out: string;
  readonly providers?: readonly string[] | undefined;
  readonly dryRun: boolean;
}

/** `aml-auth role sync`: the roles and operations of now as a file. */
export const roleSyncCommand = defineCommand<RoleSyncFlags>({
  brief: 'Keep the roles and operations of Azure in a file, and say what has changed',
  fullDescription:
    'Reads the roles that can be assigned at the scope and the operations that resource providers publish, and compares them with what the file had. "role list" and "role show" read it with --from. A file that is something else is not written over. --dry-run writes nothing, and ends with 3 where something has changed.',
  examples: [
    'role sync --out roles.json',
    'role sync --out roles.json --providers Microsoft.MachineLearningServices --dry-run',
  ],
  parameters: {
    flags: {
      out: { ...textFlag('File to keep it in', 'file'), optional: false },
      providers: listFlag('Resource provider whose operations are read; may stand several times', 'name'),
      dryRun: { kind: 'boolean', default: false, withNegated: false, brief: 'Compare, and write nothing' },
      ...definitionFlags,
    },
    aliases: scopeAliases,
  },
  load: async () => (await import('./sync.js')).sync,
});
