import { defaultScope } from '@aml-auth/core';
import type { CliContext } from '../../context.js';
import { printJson } from '../../output/print-json.js';
import { signIn } from '../../settings/sign-in.js';
import type { TokenFlags } from './command.js';

/** Runs `aml-auth token`. */
export async function token(context: CliContext, flags: TokenFlags): Promise<void> {
  const { credential, cloud } = await signIn(context, flags);
  const scope = flags.scope ?? defaultScope(cloud.machineLearning.audience);
  const { stdout } = context.process;
  const result = await credential.getToken(scope, { abortSignal: context.signal });
  if (flags.output === 'raw') {
    stdout.write(`${result.token}\n`);
    return;
  }
  printJson(stdout, {
    version: 1,
    tokenType: result.tokenType,
    accessToken: result.token,
    expiresOn: new Date(result.expiresOnTimestamp).toISOString(),
    expiresOnEpoch: Math.floor(result.expiresOnTimestamp / 1000),
    scope,
    tenantId: credential.describe().tenantId,
  });
}
