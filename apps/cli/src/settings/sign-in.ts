import { AmlAuthError, parseGuid, parseTenantId, type Cloud, type Credential } from '@aml-auth/core';
import { accountNamed, readAccounts } from '../accounts/account-book.js';
import { accountStore } from '../accounts/account-store.js';
import type { Account } from '../accounts/account.js';
import { cachedCredential } from '../accounts/cached-credential.js';
import { openAccount } from '../accounts/open-account.js';
import { withMinLife } from '../accounts/with-min-life.js';
import type { CliContext } from '../context.js';
import { builtins } from '../files/builtins.js';
import { loadSettings, type Settings } from './load-settings.js';
import { readClientSecret } from './read-client-secret.js';
import { resolveCloud } from './resolve-cloud.js';
import type { SignInFlags } from './sign-in-flags.js';

/** Who signs in, and where. */
export interface SignIn {
  readonly cloud: Cloud;
  readonly credential: Credential;
  /** Undefined where flags or variables say who signs in. */
  readonly account?: Account | undefined;
  readonly settings: Settings;
}

/**
 * The credential that flags, environment and accounts describe, in this order. No network call is made but for the
 * metadata document of a custom cloud.
 *
 * @param minLifeMs - kept tokens that end sooner are not used
 * @throws {AmlAuthError} `AML_NOT_CONFIGURED` naming everything that is missing
 */
export async function signIn(context: CliContext, flags: SignInFlags, minLifeMs = 0): Promise<SignIn> {
  const { env } = context.process;
  const settings = await loadSettings(context);
  const account = await accountFor(context, flags, settings);
  if (account !== undefined) {
    const credential = inTenant(await openAccount(context, account, minLifeMs), flags.tenant);
    return { cloud: account.cloud, credential, account, settings };
  }
  const fromVariables = flags.clientSecretFile === undefined && !env['AZURE_CLIENT_SECRET'];
  if (fromVariables && (env['AZURE_CLIENT_CERTIFICATE_PATH'] || env['AZURE_FEDERATED_TOKEN_FILE'])) {
    return { ...(await byVariables(context, flags, settings, minLifeMs)), settings };
  }
  return { ...(await bySecret(context, flags, settings, minLifeMs)), settings };
}

/** The account that is meant, where neither flags nor variables name a service principal. */
async function accountFor(
  context: CliContext,
  flags: SignInFlags,
  settings: Settings,
): Promise<Account | undefined> {
  const { env } = context.process;
  const named =
    flags.account ?? (settings.account?.origin === 'environment' ? settings.account.value : undefined);
  if (named === undefined && namesPrincipal(flags, env)) return undefined;
  const book = await readAccounts(env);
  const name = named ?? settings.account?.value ?? book.current;
  return name === undefined ? undefined : accountNamed(book, name);
}

function namesPrincipal(flags: SignInFlags, env: CliContext['process']['env']): boolean {
  const proofs = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'];
  return (
    flags.clientSecretFile !== undefined ||
    flags.clientId !== undefined ||
    proofs.some((variable) => Boolean(env[variable]))
  );
}

async function bySecret(
  context: CliContext,
  flags: SignInFlags,
  settings: Settings,
  minLifeMs: number,
): Promise<Omit<SignIn, 'settings'>> {
  const { env } = context.process;
  const tenant = flags.tenant ?? settings.tenant?.value;
  const client = flags.clientId ?? env['AZURE_CLIENT_ID'];
  const clientSecret = await readClientSecret({
    file: flags.clientSecretFile,
    variable: env['AZURE_CLIENT_SECRET'],
    readStdin: context.readStdin,
  });
  if (!tenant || !client || clientSecret === undefined) {
    throw notConfigured({
      'AZURE_TENANT_ID (--tenant)': tenant,
      'AZURE_CLIENT_ID (--client-id)': client,
      'AZURE_CLIENT_SECRET (--client-secret-file)': clientSecret,
    });
  }
  const [tenantId, clientId] = [parseTenantId(tenant), parseGuid(client, 'clientId')];
  const cloud = await cloudOf(context, flags, settings);
  const { authorityHost } = cloud;
  const credential = cachedCredential({
    method: 'clientSecret',
    tenantId,
    identity: { authorityHost, tenantId, clientId, fingerprint: fingerprintOf(clientSecret) },
    store: withMinLife(accountStore(env), minLifeMs),
    open: async () => {
      const { bySecretOf } = await import('./open-principal.js');
      return bySecretOf({ tenantId, clientId, clientSecret, cloud });
    },
  });
  return { cloud, credential };
}

/** A service principal with a certificate or a federated token, as the variables of the Azure SDKs name it. */
async function byVariables(
  context: CliContext,
  flags: SignInFlags,
  settings: Settings,
  minLifeMs: number,
): Promise<Omit<SignIn, 'settings'>> {
  const own = context.process.env;
  const env = {
    ...own,
    ...(flags.tenant === undefined ? {} : { AZURE_TENANT_ID: flags.tenant }),
    ...(flags.clientId === undefined ? {} : { AZURE_CLIENT_ID: flags.clientId }),
  };
  const cloud = await cloudOf(context, flags, settings);
  const { byVariablesOf } = await import('./open-principal.js');
  const credential = byVariablesOf({ env, cloud, tokenStore: withMinLife(accountStore(own), minLifeMs) });
  return { cloud, credential };
}

/** The cloud of flags, environment or settings. */
export async function cloudOf(
  context: CliContext,
  flags: Pick<SignInFlags, 'cloud'>,
  settings: Settings,
): Promise<Cloud> {
  const { cloud } = settings;
  const flag = flags.cloud ?? (cloud?.origin === 'user' ? cloud.value : undefined);
  return resolveCloud(flag, context.process.env, context.signal);
}

/** Another secret gives other tokens. One way: the secret cannot be read off the name of a file. */
function fingerprintOf(secret: string): string {
  return builtins.crypto.createHash('sha256').update(`aml-auth:clientSecret\0${secret}`).digest('base64url');
}

function inTenant(credential: Credential, tenant: string | undefined): Credential {
  if (tenant === undefined) return credential;
  const tenantId = parseTenantId(tenant);
  return {
    describe: () => credential.describe(),
    getToken: (scopes, options) => credential.getToken(scopes, { tenantId, ...options }),
  };
}

function notConfigured(values: Readonly<Record<string, string | undefined>>): AmlAuthError {
  const missing = Object.entries(values).flatMap(([name, value]) => (value ? [] : [name]));
  return new AmlAuthError({
    code: 'AML_NOT_CONFIGURED',
    message: `Nobody is signed in: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set.`,
    remedy:
      'Run "aml-auth login", set the service principal in the environment, or try everything offline with "aml-auth demo".',
  });
}
