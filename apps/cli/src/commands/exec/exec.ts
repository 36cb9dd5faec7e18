import { identityEnvironment } from '../../child/identity-environment.js';
import { runChild } from '../../child/run-child.js';
import type { CliContext } from '../../context.js';
import type { IdentityFlags } from '../../identity/identity-flags.js';
import { openEndpoint } from '../../identity/open-endpoint.js';

/** Runs `aml-auth exec`. */
export async function exec(
  context: CliContext,
  flags: IdentityFlags,
  program = '',
  ...args: readonly string[]
): Promise<void> {
  const endpoint = await openEndpoint(context, flags);
  try {
    const env = identityEnvironment(context.process.env, endpoint.env);
    context.process.exitCode = await runChild(context, program, args, env);
  } finally {
    await endpoint.close();
  }
}
