import { createGraphClient, type GraphClient } from '@aml-auth/rbac';
import { createArmClient, type ArmClient } from '@aml-auth/rest';
import type { CliContext } from '../context.js';
import { signIn, type SignIn } from './sign-in.js';
import type { SignInFlags } from './sign-in-flags.js';

/** Who is signed in, with clients for Azure Resource Manager and Microsoft Graph. */
export interface OpenClients extends SignIn {
  readonly arm: ArmClient;
  readonly graph: GraphClient;
}

/** Signs in. Neither client sends anything before it is used. */
export async function openClients(context: CliContext, flags: SignInFlags): Promise<OpenClients> {
  const known = await signIn(context, flags);
  const { credential, cloud } = known;
  return {
    ...known,
    arm: createArmClient({ credential, cloud }),
    graph: createGraphClient({ credential, cloud }),
  };
}
