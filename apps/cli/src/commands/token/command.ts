import { defineCommand } from '../../define-command.js';
import { OUTPUT_FORMATS, outputFlags, type OutputFormat } from '../../output/output-format.js';
import { signInFlags, type SignInFlags } from '../../settings/sign-in-flags.js';
import { textFlag } from '../../settings/text-flag.js';
import { TOKEN_FORMATS, type TokenFormat } from './token-formats.js';

/** Options of `aml-auth token`. */
export interface TokenFlags extends SignInFlags {
  readonly scope?: string | undefined;
  readonly resource?: string | undefined;
  readonly format?: TokenFormat | undefined;
  readonly minTtl?: string | undefined;
  readonly output?: OutputFormat | undefined;
  readonly query?: string | undefined;
}

/** `aml-auth token`: an access token for scripts. */
export const tokenCommand = defineCommand<TokenFlags>({
  brief: 'Print an access token',
  fullDescription:
    'Prints the token and a line end on standard output, and nothing else; --format gives it the shape that another program reads. The token is a secret: hand it to a program, not to a log. "aml-auth exec" spares you to print it.',
  examples: [
    'token',
    'token --resource https://management.azure.com --min-ttl 10m',
    'token --format execcredential',
    'token -o tsv --query accessToken',
  ],
  parameters: {
    flags: {
      ...signInFlags,
      scope: textFlag('Scope of the token (default: that of Azure Machine Learning in the cloud)', 'scope'),
      resource: textFlag('The same as a resource, such as https://management.azure.com', 'url'),
      format: {
        kind: 'enum',
        values: TOKEN_FORMATS,
        optional: true,
        brief: 'Shape of the output (default: raw, and json with --output or --query)',
      },
      minTtl: textFlag('Fetch a new token where the kept one ends sooner, such as 90s, 10m or 1h', 'time'),
      output: {
        kind: 'enum',
        values: OUTPUT_FORMATS,
        optional: true,
        brief: 'How to print the object of a format',
      },
      query: outputFlags.query,
    },
    aliases: { o: 'output', t: 'tenant' },
  },
  load: async () => (await import('./token.js')).token,
});
