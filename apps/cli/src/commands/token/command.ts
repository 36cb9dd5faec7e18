import { defineCommand } from '../../define-command.js';
import { signInFlags, type SignInFlags } from '../../settings/sign-in-flags.js';

/** Options of `aml-auth token`. */
export interface TokenFlags extends SignInFlags {
  readonly scope?: string | undefined;
  readonly output: 'raw' | 'json';
}

/** `aml-auth token`: an access token for scripts. */
export const tokenCommand = defineCommand<TokenFlags>({
  brief: 'Print an access token',
  fullDescription:
    'Prints the token and a line end on standard output, and nothing else. The token is a secret: hand it to a program, not to a log.',
  examples: ['token', 'token --scope https://management.azure.com/.default -o json'],
  parameters: {
    flags: {
      ...signInFlags,
      scope: {
        kind: 'parsed',
        parse: (value: string): string => value,
        optional: true,
        brief: 'Scope of the token (default: that of Azure Machine Learning in the cloud)',
        placeholder: 'scope',
      },
      output: {
        kind: 'enum',
        values: ['raw', 'json'],
        default: 'raw',
        brief: 'The bare token, or JSON with its times',
      },
    },
    aliases: { o: 'output', t: 'tenant' },
  },
  load: async () => (await import('./token.js')).token,
});
