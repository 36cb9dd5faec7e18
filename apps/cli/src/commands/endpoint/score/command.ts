import { defineCommand } from '../../../define-command.js';
import { textArgument, textFlag } from '../../../settings/text-flag.js';
import { endpointAliases, endpointArgument, endpointPlace, type EndpointPlace } from '../endpoint-flags.js';

/** How often a failed call is repeated. */
export const RETRIES = ['safe', 'always', 'never'] as const;

/** Options of `aml-auth endpoint score`. */
export interface EndpointScoreFlags extends EndpointPlace {
  readonly data?: string | undefined;
  readonly deployment?: string | undefined;
  readonly contentType?: string | undefined;
  readonly retry: (typeof RETRIES)[number];
  readonly timeLimit?: string | undefined;
  readonly showDeployment: boolean;
}

/** `aml-auth endpoint score`. */
export const endpointScoreCommand = defineCommand<EndpointScoreFlags, [string, string?]>({
  brief: 'Call an online endpoint, and print what it answers as it is',
  fullDescription:
    'Proves itself with what the endpoint asks for: a key, a token of Azure Machine Learning, or a Microsoft Entra token of who is signed in. Key and token are read from the Azure Resource Manager, sent to the endpoint over https, and printed nowhere. The input is a file, standard input or --data, and goes out as it is.',
  examples: [
    'endpoint score churn input.json --workspace ml -g rg-ml',
    'endpoint score churn --data "[[1, 2]]"',
    'endpoint score churn - --content-type text/csv --deployment green',
  ],
  parameters: {
    flags: {
      data: textFlag('The input itself, in place of a file', 'text'),
      deployment: textFlag('The deployment that is to answer (default: as the traffic says)', 'name'),
      contentType: textFlag('What the input is (default: application/json, which is checked)', 'type'),
      retry: {
        kind: 'enum',
        values: RETRIES,
        default: 'safe',
        brief: 'When a call is repeated; safe: only where the model has not seen it',
      },
      timeLimit: textFlag('For the call with all its attempts, such as 90s (default: 190s)', 'duration'),
      showDeployment: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Name the deployment that answered on standard error',
      },
      ...endpointPlace,
    },
    aliases: { ...endpointAliases, d: 'data' },
    positional: {
      kind: 'tuple',
      parameters: [
        endpointArgument,
        { ...textArgument('File with the input, - for standard input', 'file|-'), optional: true },
      ],
    },
  },
  load: async () => (await import('./score.js')).score,
});
