import { resolve } from 'node:path';
import { AmlAuthError, chain, parseGuid, parseTenantId, type Cloud, type Credential } from '@aml-auth/core';
import * as credentials from '@aml-auth/credentials';
import type { AccountSource } from '../../accounts/account.js';
import { byCertificate } from '../../accounts/by-certificate.js';
import type { CliContext } from '../../context.js';
import { readClientSecret } from '../../settings/read-client-secret.js';
import type { LoginMethod } from './choose-method.js';
import type { LoginFlags } from './command.js';

/** A sign-in that has not taken place yet. */
export interface PlannedSignIn {
  readonly credential: Credential;
  readonly source: AccountSource;
  readonly tenantId: string | undefined;
  readonly clientId: string | undefined;
}

/** What a sign-in is planned from. */
export interface SignInPlan {
  readonly method: LoginMethod;
  readonly flags: LoginFlags;
  readonly cloud: Cloud;
  /** The tenant of flag or settings. */
  readonly tenant: string | undefined;
  readonly session: credentials.UserSessionStore;
}

/**
 * The credential for the way to sign in, and what must be remembered to sign in again. A secret that was asked for or
 * came from standard input is not among it.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed or missing value
 */
export async function planSignIn(context: CliContext, plan: SignInPlan): Promise<PlannedSignIn> {
  const { flags, cloud } = plan;
  const { env } = context.process;
  const tenantId = plan.tenant === undefined ? undefined : parseTenantId(plan.tenant);
  const clientId = flags.clientId === undefined ? undefined : parseGuid(flags.clientId, '--client-id');
  const as = (credential: Credential, source: AccountSource = {}): PlannedSignIn => ({
    credential,
    source,
    tenantId,
    clientId,
  });
  switch (plan.method) {
    case 'person':
    case 'browser':
    case 'deviceCode':
      return as(personOf(context, plan, { tenantId, clientId }));
    case 'clientSecret': {
      const application = applicationOf(tenantId, clientId);
      const { clientSecret, source } = await secretOf(context, flags, application.clientId);
      return as(credentials.fromClientSecret({ cloud, ...application, clientSecret }), source);
    }
    case 'clientCertificate': {
      const files = certificateFiles(context, flags);
      return as(await byCertificate(context, { cloud, ...applicationOf(tenantId, clientId) }, files), files);
    }
    case 'federated':
      return as(...federatedOf(context, flags, cloud, applicationOf(tenantId, clientId)));
    case 'managedIdentity': {
      const { objectId, resourceId } = flags;
      const ids = { clientId, objectId, resourceId };
      return as(credentials.fromManagedIdentity({ cloud, ...ids, env }), given({ objectId, resourceId }));
    }
    case 'azureCli':
      return as(credentials.fromAzureCli({ cloud, tenantId, env }));
    case 'emulator':
      throw new AmlAuthError({
        code: 'AML_UNEXPECTED',
        message: 'The emulator has applications of its own.',
      });
  }
}

interface Ids {
  readonly tenantId: string | undefined;
  readonly clientId: string | undefined;
}

function personOf(context: CliContext, plan: SignInPlan, { tenantId, clientId }: Ids): Credential {
  const { method, flags, cloud, session } = plan;
  const { stderr, env } = context.process;
  const { say } = context.messages;
  requirePerson(context);
  // Who signs in now counts, not who was signed in before.
  const fresh: credentials.UserSessionStore = { ...session, read: () => Promise.resolve(undefined) };
  const common = { cloud, tenantId, clientId, session: fresh };
  const byCode = (): Credential =>
    credentials.fromDeviceCode({
      ...common,
      onPrompt: ({ verificationUri, userCode }) => {
        const application = clientId ?? 'Microsoft Azure CLI';
        stderr.write(`${say.deviceCode(verificationUri, userCode, application)}\n`);
      },
    });
  if (method === 'deviceCode') return byCode();
  const browser = credentials.fromBrowser({ ...common, loginHint: flags.loginHint, env });
  return method === 'browser' ? browser : chain(browser, byCode());
}

/** Whoever said --no-input does not wait for a code to be typed somewhere. */
function requirePerson(context: CliContext): void {
  if (!context.noInput) return;
  throw new AmlAuthError({
    code: 'AML_INTERACTION_REQUIRED',
    message: 'A person must sign in, and --no-input was given.',
    remedy: 'Leave out --no-input, or sign in as a service principal or a managed identity.',
  });
}

async function secretOf(
  context: CliContext,
  { clientSecretFile }: LoginFlags,
  clientId: string,
): Promise<{ readonly clientSecret: string; readonly source: AccountSource }> {
  const { env } = context.process;
  const file =
    clientSecretFile === undefined || clientSecretFile === '-'
      ? clientSecretFile
      : resolve(context.cwd, clientSecretFile);
  const variable = env['AZURE_CLIENT_SECRET'];
  const read = await readClientSecret({ file, variable, readStdin: context.readStdin });
  if (read !== undefined) {
    return { clientSecret: read, source: file === undefined || file === '-' ? {} : { secretFile: file } };
  }
  if (context.mayAsk) {
    const clientSecret = await context.askSecret(context.messages.say.askSecret(clientId), context.signal);
    return { clientSecret, source: {} };
  }
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The client secret of ${clientId} is not given, and nobody can be asked for it.`,
    remedy: 'Give --client-secret-file with a path, or with - for standard input.',
  });
}

function certificateFiles(
  { cwd }: CliContext,
  { certificateFile = '', certificatePasswordFile }: LoginFlags,
): Pick<AccountSource, 'certificateFile' | 'passwordFile'> {
  return {
    certificateFile: resolve(cwd, certificateFile),
    ...(certificatePasswordFile === undefined ? {} : { passwordFile: resolve(cwd, certificatePasswordFile) }),
  };
}

function federatedOf(
  context: CliContext,
  { federated, federatedTokenFile }: LoginFlags,
  cloud: Cloud,
  application: { readonly tenantId: string; readonly clientId: string },
): [Credential, AccountSource] {
  const { env } = context.process;
  if (federated === 'github') {
    return [credentials.fromGitHubActions({ cloud, ...application, env }), { federation: 'github' }];
  }
  const named = federatedTokenFile ?? env['AZURE_FEDERATED_TOKEN_FILE'];
  if (!named) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The file with the federated token is not given.',
      remedy: 'Give it with --federated-token-file, or set AZURE_FEDERATED_TOKEN_FILE.',
    });
  }
  const tokenFilePath = resolve(context.cwd, named);
  const credential = credentials.fromWorkloadIdentity({ cloud, ...application, tokenFilePath, env });
  return [credential, { federation: 'file', tokenFile: tokenFilePath }];
}

function applicationOf(
  tenantId: string | undefined,
  clientId: string | undefined,
): { readonly tenantId: string; readonly clientId: string } {
  if (tenantId !== undefined && clientId !== undefined) return { tenantId, clientId };
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'The tenant of the service principal is not given.',
    remedy: 'Give it with --tenant, or set AZURE_TENANT_ID.',
  });
}

function given(source: Readonly<Record<'objectId' | 'resourceId', string | undefined>>): AccountSource {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined));
}
