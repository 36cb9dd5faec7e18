import { isGuid, type ExpectedIdentity } from '@aml-auth/core';
import { serveIdentity, type IdentityEndpoint } from '@aml-auth/identity-endpoint';
import type { CliContext } from '../context.js';
import { signIn, type SignIn } from '../settings/sign-in.js';
import { STYLES, type IdentityFlags } from './identity-flags.js';

/**
 * Serves the tokens of whoever is signed in on loopback, for the Azure Resource Manager, Azure Machine Learning and what
 * else is allowed. Only tokens of the identity that is signed in now are given out.
 */
export async function openEndpoint(
  context: CliContext,
  flags: IdentityFlags,
  port?: number,
): Promise<IdentityEndpoint> {
  const known = await signIn(context, flags);
  const { credential, cloud } = known;
  return serveIdentity({
    credential,
    style: STYLES[flags.style],
    allowedResources: flags.anyResource
      ? undefined
      : [cloud.resourceManager.audience, cloud.machineLearning.audience, ...(flags.allow ?? [])],
    expectedIdentity: expectedOf(known),
    port,
  });
}

/** What is known of the identity without asking. */
function expectedOf({ account, credential }: SignIn): ExpectedIdentity | undefined {
  const { tenantId, clientId, method } = credential.describe();
  if (account?.objectId !== undefined) return { objectId: account.objectId };
  if (account !== undefined || method !== 'clientSecret') return undefined;
  return { clientId, ...(tenantId !== undefined && isGuid(tenantId) ? { tenantId } : {}) };
}
