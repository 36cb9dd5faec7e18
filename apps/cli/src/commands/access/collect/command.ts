import { defineCommand } from '../../../define-command.js';
import { OUTPUT_FORMATS, outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { listFlag, textFlag } from '../../../settings/text-flag.js';
import { workspaceFlags, type WorkspaceFlags } from '../../../settings/workspace-flags.js';

/** Options of `aml-auth access collect`. */
export interface AccessCollectFlags extends DataFlags, Pick<WorkspaceFlags, 'subscription'> {
  readonly scopes?: readonly string[] | undefined;
  readonly members: boolean;
  readonly providers?: readonly string[] | undefined;
  readonly redact: boolean;
  readonly hideResources: boolean;
  readonly file?: string | undefined;
}

const off = { kind: 'boolean', default: false, withNegated: false } as const;

/** `aml-auth access collect`. */
export const accessCollectCommand = defineCommand<AccessCollectFlags>({
  brief: 'Read who has which access into one JSON object',
  fullDescription:
    'Roles, assignments and deny assignments at, above and below the scopes, for questions and plans without Azure (--snapshot). What may not be read is named in it. It holds no secret; --redact takes out object ids and texts.',
  examples: [
    'access collect --file access.json',
    'access collect --scopes /subscriptions/00000000-0000-0000-0000-000000000000 --members --redact',
  ],
  parameters: {
    flags: {
      scopes: listFlag('Resource id; may stand several times (default: the subscription)', 'id'),
      members: { ...off, brief: 'Also who is in the groups that have access' },
      providers: listFlag('Resource provider whose operations are read; may stand several times', 'name'),
      redact: { ...off, brief: 'Numbers in place of object ids, and no texts' },
      hideResources: { ...off, brief: 'With --redact: no names of resources either' },
      file: textFlag('File to write to, in place of standard output', 'file'),
      subscription: workspaceFlags.subscription,
      ...signInFlags,
      ...outputFlags,
      output: { kind: 'enum', values: OUTPUT_FORMATS, default: 'json', brief: 'How to print the answer' },
    },
    aliases: { s: 'subscription', o: 'output', t: 'tenant' },
  },
  load: async () => (await import('./collect.js')).collect,
});
