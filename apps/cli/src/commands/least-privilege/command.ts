import { defineCommand } from '../../define-command.js';
import { outputFlags, type OutputFlags } from '../../output/output-format.js';
import { textFlag } from '../../settings/text-flag.js';

/** Options of `aml-auth least-privilege`. */
export interface LeastPrivilegeFlags extends OutputFlags {
  readonly scenario?: string | undefined;
  readonly dataAction?: readonly string[] | undefined;
  readonly assignableScope?: readonly string[] | undefined;
  readonly roleName?: string | undefined;
}

const text = (value: string): string => value;

/** `aml-auth least-privilege`: the roles that give the least away. */
export const leastPrivilegeCommand = defineCommand<LeastPrivilegeFlags, string[]>({
  brief: 'Find the roles that allow something and give the least away',
  fullDescription:
    'Looks at the built-in roles, and drafts a custom role with exactly what is needed. Takes operations, or the name of an activity such as submitJob. Asks nobody.',
  examples: [
    'least-privilege Microsoft.MachineLearningServices/workspaces/jobs/write Microsoft.MachineLearningServices/workspaces/jobs/read',
    'least-privilege --scenario submitJob -o json --query customRole',
  ],
  parameters: {
    flags: {
      scenario: textFlag(
        'Activity of the documentation of Azure Machine Learning, such as submitJob',
        'name',
      ),
      dataAction: {
        kind: 'parsed',
        parse: text,
        variadic: true,
        optional: true,
        brief: 'Operation of the data plane; may stand several times',
        placeholder: 'operation',
      },
      assignableScope: {
        kind: 'parsed',
        parse: text,
        variadic: true,
        optional: true,
        brief: 'Where the custom role may be assigned; may stand several times',
        placeholder: 'id',
      },
      roleName: textFlag('Name of the custom role', 'name'),
      ...outputFlags,
    },
    aliases: { o: 'output' },
    positional: {
      kind: 'array',
      parameter: { parse: text, brief: 'Operations or patterns that are needed', placeholder: 'operation' },
    },
  },
  load: async () => (await import('./least-privilege.js')).leastPrivilegeOf,
});
