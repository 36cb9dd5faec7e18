import { defaultScope } from '@aml-auth/core';
import type { CliContext } from '../../context.js';
import { present } from '../../output/present.js';
import type { DataFlags } from '../../settings/sign-in-flags.js';
import { signIn } from '../../settings/sign-in.js';
import { identityOf } from './identity-of.js';

/** Runs `aml-auth whoami`. */
export async function whoami(context: CliContext, flags: DataFlags): Promise<void> {
  const { credential, cloud } = await signIn(context, flags);
  const scope = defaultScope(cloud.resourceManager.audience);
  const token = await credential.getToken(scope, { abortSignal: context.signal });
  const { method } = credential.describe();
  const identity = { cloud: cloud.name, method, ...identityOf(token.token) };
  await present(context, flags, identity, () => ({ record: identity }));
}
