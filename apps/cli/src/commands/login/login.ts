import { randomUUID } from 'node:crypto';
import { AmlAuthError, defaultScope, fetchCloud, type Cloud, type Credential } from '@aml-auth/core';
import type { KeptUserSession, UserSessionStore } from '@aml-auth/credentials';
import { readAccounts, withAccount, writeAccounts } from '../../accounts/account-book.js';
import { accountIdentity } from '../../accounts/account-identity.js';
import { accountStore } from '../../accounts/account-store.js';
import { summaryOf } from '../../accounts/account-summary.js';
import type { Account, AccountMethod } from '../../accounts/account.js';
import { cachedCredential } from '../../accounts/cached-credential.js';
import { emulatorApplication } from '../../accounts/emulator-application.js';
import { isKept, openAccount } from '../../accounts/open-account.js';
import { sessionStore } from '../../accounts/session-store.js';
import type { CliContext } from '../../context.js';
import { present } from '../../output/present.js';
import { loadSettings } from '../../settings/load-settings.js';
import { cloudOf } from '../../settings/sign-in.js';
import { identityOf, type TokenIdentity } from '../whoami/identity-of.js';
import { chooseMethod, type LoginMethod } from './choose-method.js';
import type { LoginFlags } from './command.js';
import { planSignIn } from './sign-in-by.js';

const NAME = /^[\w@.+-]{1,128}$/;

/** Runs `aml-auth login`. */
export async function login(context: CliContext, flags: LoginFlags): Promise<void> {
  const { env } = context.process;
  const method = chooseMethod(flags);
  if (flags.name !== undefined) requireName(flags.name);
  // A broken file is found before a person signs in for nothing.
  await readAccounts(env);
  const account =
    method === 'emulator' ? await byEmulator(context, flags) : await byMethod(context, flags, method);
  await writeAccounts(env, withAccount(await readAccounts(env), account));
  await tell(context, account);
  const summary = await summaryOf(env, account, true);
  await present(context, flags, summary, () => ({ record: summary }));
}

async function byMethod(context: CliContext, flags: LoginFlags, method: LoginMethod): Promise<Account> {
  const settings = await loadSettings(context);
  const cloud = await cloudOf(context, flags, settings);
  // Whose session it is stands in the first token: until then it is kept here.
  let kept: KeptUserSession | undefined;
  const session: UserSessionStore = {
    read: () => Promise.resolve(kept),
    write: (next) => {
      kept = next;
      return Promise.resolve();
    },
  };
  const tenant = flags.tenant ?? settings.tenant?.value;
  const planned = await planSignIn(context, { method, flags, cloud, tenant, session });
  const { credential, source, clientId } = planned;
  const scope = defaultScope(cloud.resourceManager.audience);
  const asked = { abortSignal: context.signal };
  const identity = identityOf((await credential.getToken(scope, asked)).token);
  const account: Account = {
    ...describe(flags, identity, settledMethod(method), clientId),
    cloud,
    tenantId: identity.tenantId ?? planned.tenantId,
    clientId,
    source,
    ...(flags.insecureStorage ? { plaintext: true } : {}),
  };
  const owner = accountIdentity(account);
  const store = accountStore(context.process.env, flags.insecureStorage);
  if (kept !== undefined) await sessionStore(store, owner).write(kept);
  if (isKept(account)) {
    // The token that has just come is the first that is kept.
    const open = (): Promise<typeof credential> => Promise.resolve(credential);
    const keeping = cachedCredential({ method: account.method, identity: owner, store, open });
    await keeping.getToken(scope, asked);
    if (!canSignInAgain(account)) await keepMore(keeping, cloud, asked);
  }
  return account;
}

/** Whether what proves who the account is can be read again. */
function canSignInAgain({ method, source }: Account): boolean {
  return method !== 'clientSecret' || source.secretFile !== undefined;
}

/**
 * Fetches what later commands will want while the secret is here: tokens for Azure Machine Learning, and those that
 * calls to the Resource Manager use (Continuous Access Evaluation).
 */
async function keepMore(
  credential: Credential,
  cloud: Cloud,
  asked: { readonly abortSignal: AbortSignal },
): Promise<void> {
  const scopes = [cloud.resourceManager.audience, cloud.machineLearning.audience].map(defaultScope);
  // A tenant need not have all services: what it lacks is an error of the command that needs it.
  await Promise.allSettled([
    ...scopes.map((scope) => credential.getToken(scope, { ...asked, enableCae: true })),
    ...scopes.map((scope) => credential.getToken(scope, asked)),
  ]);
}

async function byEmulator(context: CliContext, flags: LoginFlags): Promise<Account> {
  const { env } = context.process;
  const { origin, metadataUrl, tenantId, clientId } = await emulatorApplication(env, flags.url);
  const cloud = await fetchCloud(metadataUrl, { signal: context.signal });
  const rest = { cloud, tenantId, clientId, source: { origin } };
  const draft: Account = { ...describe(flags, {}, 'emulator', clientId), ...rest };
  const credential = await openAccount(context, draft);
  const scope = defaultScope(cloud.resourceManager.audience);
  const { token } = await credential.getToken(scope, { abortSignal: context.signal });
  return { ...describe(flags, identityOf(token), 'emulator', clientId), id: draft.id, ...rest };
}

/** What people call the account, and what its first token says. */
function describe(
  flags: LoginFlags,
  identity: TokenIdentity,
  method: AccountMethod,
  clientId: string | undefined,
): Pick<Account, 'name' | 'id' | 'method' | 'kind' | 'userName' | 'objectId' | 'signedInAt'> {
  const { kind, name: userName, objectId } = identity;
  return {
    name: flags.name ?? [userName, clientId, objectId].find((name) => NAME.test(name ?? '')) ?? method,
    id: randomUUID(),
    method,
    kind,
    userName,
    objectId,
    signedInAt: new Date().toISOString(),
  };
}

/** Both ways of a person give the same session. */
function settledMethod(method: LoginMethod): AccountMethod {
  return method === 'person' ? 'browser' : method;
}

async function tell(context: CliContext, account: Account): Promise<void> {
  const { stderr, env } = context.process;
  const { say } = context.messages;
  stderr.write(`${say.signedIn(account.userName ?? account.clientId ?? account.method, account.name)}\n`);
  if (!isKept(account)) return;
  const { tier, directory, skipped, degraded } = await accountStore(env, account.plaintext).status();
  if (tier === 'memory') {
    const why = degraded ?? skipped.map((one) => `${one.tier}: ${one.reason}`).join(' ');
    stderr.write(`${say.notStored(why)}\n`);
    return;
  }
  stderr.write(`${say.storedIn(tier, directory)}\n`);
  if (tier === 'plaintext') stderr.write(`${say.insecureStorage()}\n`);
  if (!canSignInAgain(account)) {
    stderr.write(`${say.secretNotKept()}\n`);
  }
}

function requireName(name: string): void {
  if (NAME.test(name)) return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${JSON.stringify(name.slice(0, 128))} is no name for an account.`,
    remedy: 'Use letters, digits and @ . + - _ only.',
  });
}
