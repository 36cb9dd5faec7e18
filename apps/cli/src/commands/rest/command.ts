import { defineCommand } from '../../define-command.js';
import { OUTPUT_FORMATS, outputFlags, type OutputFlags } from '../../output/output-format.js';
import { signInFlags, type SignInFlags } from '../../settings/sign-in-flags.js';
import { textArgument, textFlag } from '../../settings/text-flag.js';

/** Methods that a raw call can have. */
export const METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'] as const;

/** Options of `aml-auth rest`. */
export interface RestFlags extends SignInFlags, OutputFlags {
  readonly method: (typeof METHODS)[number];
  readonly apiVersion?: string | undefined;
  readonly body?: string | undefined;
  readonly all: boolean;
}

/** `aml-auth rest`: a raw call. */
export const restCommand = defineCommand<RestFlags, [string]>({
  brief: 'Call Azure Resource Manager or Microsoft Graph as it is',
  fullDescription:
    'A path is one of the Azure Resource Manager, and needs --api-version. A whole https address may be one of the Resource Manager or of Microsoft Graph of the cloud: the token goes nowhere else. Prints the answer as JSON.',
  examples: [
    'rest /subscriptions --api-version 2022-12-01 --all --query "items[].displayName"',
    'rest https://graph.microsoft.com/v1.0/me',
    'rest /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-ml --method PUT --api-version 2021-04-01 --body group.json',
  ],
  parameters: {
    flags: {
      method: { kind: 'enum', values: METHODS, default: 'GET', brief: 'Method of the request' },
      apiVersion: textFlag('Version of the interface, such as 2022-12-01', 'date'),
      body: textFlag('File with the JSON to send, - for standard input', 'file|-'),
      all: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Follow the pages of a listing to its end',
      },
      ...signInFlags,
      ...outputFlags,
      output: { kind: 'enum', values: OUTPUT_FORMATS, default: 'json', brief: 'How to print the answer' },
    },
    aliases: { X: 'method', o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [textArgument('Path or https address', 'path|url')] },
  },
  load: async () => (await import('./rest.js')).rest,
});
