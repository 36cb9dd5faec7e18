import { AmlAuthError, type Cloud, type Credential } from '@aml-auth/core';
import { fromClientSecret } from '@aml-auth/credentials';
import type { CliContext } from '../context.js';
import { readClientSecret } from './read-client-secret.js';
import { resolveCloud } from './resolve-cloud.js';
import type { SignInFlags } from './sign-in-flags.js';

/** Who signs in, and where. */
export interface SignIn {
  readonly cloud: Cloud;
  readonly credential: Credential;
}

/**
 * The credential that flags and environment describe. Flags win. No network call is made but for
 * the metadata document of a custom cloud.
 *
 * @throws {AmlAuthError} `AML_NOT_CONFIGURED` naming everything that is missing
 */
export async function signIn(context: CliContext, flags: SignInFlags): Promise<SignIn> {
  const { env } = context.process;
  const tenantId = flags.tenant ?? env['AZURE_TENANT_ID'];
  const clientId = flags.clientId ?? env['AZURE_CLIENT_ID'];
  const clientSecret = await readClientSecret({
    file: flags.clientSecretFile,
    variable: env['AZURE_CLIENT_SECRET'],
    readStdin: context.readStdin,
  });
  if (!tenantId || !clientId || clientSecret === undefined) {
    throw notConfigured({
      'AZURE_TENANT_ID (--tenant)': tenantId,
      'AZURE_CLIENT_ID (--client-id)': clientId,
      'AZURE_CLIENT_SECRET (--client-secret-file)': clientSecret,
    });
  }
  const cloud = await resolveCloud(flags.cloud, env, context.signal);
  return { cloud, credential: fromClientSecret({ tenantId, clientId, clientSecret, cloud }) };
}

function notConfigured(values: Readonly<Record<string, string | undefined>>): AmlAuthError {
  const missing = Object.entries(values).flatMap(([name, value]) => (value ? [] : [name]));
  return new AmlAuthError({
    code: 'AML_NOT_CONFIGURED',
    message: `Nobody is signed in: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set.`,
    remedy: 'Set the service principal in the environment, or try everything offline with "aml-auth demo".',
  });
}
