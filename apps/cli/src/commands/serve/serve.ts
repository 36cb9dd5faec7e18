import { once } from 'node:events';
import type { CliContext } from '../../context.js';
import { openEndpoint } from '../../identity/open-endpoint.js';
import { formatVariables } from '../../output/format-variables.js';
import type { ServeFlags } from './command.js';

/** Runs `aml-auth serve`. */
export async function serve(context: CliContext, flags: ServeFlags): Promise<void> {
  const { stdout, stderr } = context.process;
  const endpoint = await openEndpoint(context, flags, flags.port);
  const parent = context.watchParent();
  try {
    const variables = { ...endpoint.env, AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential' };
    stdout.write(formatVariables(variables, flags.format));
    stderr.write(`${context.messages.say.serving(flags.style)}\n`);
    const end = AbortSignal.any([context.signal, parent.gone]);
    if (!end.aborted) await once(end, 'abort');
  } finally {
    parent.stop();
    await endpoint.close();
  }
}
