import { scopeAliases, scopeFlags, type ScopeFlags } from '../../../access/scope-flags.js';
import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { textFlag } from '../../../settings/text-flag.js';

/** Options of `aml-auth access graph`. */
export interface AccessGraphFlags extends DataFlags, ScopeFlags {
  readonly from?: string | undefined;
  readonly out?: string | undefined;
  readonly open: boolean;
}

/** `aml-auth access graph`. */
export const accessGraphCommand = defineCommand<AccessGraphFlags>({
  brief: 'Draw who has which access, and who can get more',
  fullDescription:
    'Writes one HTML file that asks no network: principals, groups, roles, scopes, and ways to give oneself more, with a search and a table. -o json prints the same as data, and writes the file only with --out. The file names people: keep it as you keep them.',
  examples: ['access graph -w ml -g rg-ml --out access.html', 'access graph --from access.json -o json'],
  parameters: {
    flags: {
      from: textFlag('File of "aml-auth access collect"; nobody is asked then', 'file'),
      out: textFlag('HTML file to write (default: access-graph.html)', 'file'),
      open: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Open the file in the browser of this machine',
      },
      ...scopeFlags,
      ...signInFlags,
      ...outputFlags,
    },
    aliases: scopeAliases,
  },
  load: async () => (await import('./graph.js')).graph,
});
