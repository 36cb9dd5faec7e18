import { defineCommand } from '../../define-command.js';
import { outputFlags, type OutputFlags } from '../../output/output-format.js';

/** Options of `aml-auth demo`. */
export interface DemoFlags extends OutputFlags {
  readonly only?: readonly string[] | undefined;
  readonly list: boolean;
}

/** `aml-auth demo`: what the documentation promises, on the emulator. */
export const demoCommand = defineCommand<DemoFlags, string[]>({
  brief: 'Show all ways to sign in and what follows, without an Azure account',
  fullDescription:
    'Starts the emulator and goes through the workflows of the documentation with the real protocols: people, service principals, managed identities, sharing, custom roles, Conditional Access, revocation and expiry. Ends by itself; with 1 where one did not do what it promises.',
  examples: ['demo', 'demo --list', 'demo share-workspace custom-role', 'demo -o json'],
  parameters: {
    flags: {
      only: {
        kind: 'parsed',
        parse: (name: string): string => name,
        variadic: true,
        optional: true,
        brief: 'The same as the name alone; may stand several times',
        placeholder: 'name',
      },
      list: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'List the workflows, and run none',
      },
      ...outputFlags,
    },
    aliases: { o: 'output' },
    positional: {
      kind: 'array',
      parameter: {
        parse: (name: string): string => name,
        brief: 'Workflow to show (default: all); --list names them',
        placeholder: 'workflow',
      },
    },
  },
  load: async () => (await import('./demo.js')).demo,
});
