import { defineCommand } from '../../../define-command.js';
import { textArgument, textFlag } from '../../../settings/text-flag.js';
import { computeFlags, waitFlag, type ComputeFlags, type WaitFlag } from '../compute-flags.js';

/** Kinds of computes that can be made. */
export const KINDS = ['cluster', 'instance'] as const;

/** Options of `aml-auth compute create`. */
export interface ComputeCreateFlags extends ComputeFlags, WaitFlag {
  readonly kind: (typeof KINDS)[number];
  readonly size: string;
  readonly minNodes?: number | undefined;
  readonly maxNodes?: number | undefined;
  readonly systemIdentity: boolean;
  readonly identity?: readonly string[] | undefined;
}

/** `aml-auth compute create`. */
export const computeCreateCommand = defineCommand<ComputeCreateFlags, [string]>({
  brief: 'Make a compute cluster or a compute instance',
  fullDescription:
    'Waits until it is there; --no-wait does not. A compute of that name is given the new settings. Without an identity a cluster has none, and its jobs can have no token of their own.',
  examples: [
    'compute create cpu --size STANDARD_DS3_V2 --max-nodes 4 --system-identity --workspace ml -g rg-ml',
    'compute create my-instance --kind instance --size STANDARD_DS3_V2 --no-wait',
  ],
  parameters: {
    flags: {
      kind: { kind: 'enum', values: KINDS, default: 'cluster', brief: 'What is made' },
      size: { ...textFlag('Size of the machines, such as STANDARD_DS3_V2', 'size'), optional: false },
      minNodes: {
        kind: 'parsed',
        parse: parseCount,
        optional: true,
        brief: 'Fewest machines of a cluster (default: 0)',
        placeholder: 'count',
      },
      maxNodes: {
        kind: 'parsed',
        parse: parseCount,
        optional: true,
        brief: 'Most machines of a cluster (default: 1)',
        placeholder: 'count',
      },
      systemIdentity: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Give it a managed identity of its own',
      },
      identity: {
        kind: 'parsed',
        parse: (value: string): string => value,
        variadic: true,
        optional: true,
        brief: 'Resource id of a user-assigned managed identity; may stand several times',
        placeholder: 'id',
      },
      ...computeFlags,
      ...waitFlag,
    },
    aliases: { g: 'resourceGroup', s: 'subscription', w: 'workspace', o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [textArgument('Name of the compute', 'name')] },
  },
  load: async () => (await import('./create.js')).create,
});

function parseCount(text: string): number {
  const count = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (count <= 10_000) return count;
  throw new RangeError('a count is a number from 0 to 10000');
}
