import { defineCommand } from '../../define-command.js';
import { identityFlags, type IdentityFlags } from '../../identity/identity-flags.js';
import { VARIABLE_FORMATS, type VariableFormat } from '../../output/format-variables.js';

/** Options of `aml-auth serve`. */
export interface ServeFlags extends IdentityFlags {
  readonly port: number;
  readonly format: VariableFormat;
}

/** `aml-auth serve`: tokens for programs that others start. */
export const serveCommand = defineCommand<ServeFlags>({
  brief: 'Serve tokens as a managed identity does, until Ctrl-C',
  fullDescription:
    'Prints the variables with which programs of this machine find the endpoint; they hold a secret, and no token. For dev containers that share the network of the machine, and for programs that another one starts. Ends when the program that started it does.',
  examples: [
    'serve',
    'serve --style imds --format json',
    'serve --port 8400 --allow https://storage.azure.com',
  ],
  parameters: {
    flags: {
      ...identityFlags,
      port: {
        kind: 'parsed',
        parse: parsePort,
        default: '0',
        brief: 'Port on loopback; 0 takes a free one',
        placeholder: 'port',
      },
      format: {
        kind: 'enum',
        values: VARIABLE_FORMATS,
        default: 'sh',
        brief: 'For a POSIX shell, for PowerShell, or one JSON object',
      },
    },
    aliases: { t: 'tenant' },
  },
  load: async () => (await import('./serve.js')).serve,
});

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new RangeError('a port is a number from 0 to 65535');
}
