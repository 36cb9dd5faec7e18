import { defaultScope, explain, toAmlAuthError, type AmlAuthError, type Cloud } from '@aml-auth/core';
import { defaultChain } from '@aml-auth/credentials';
import { decide } from '@aml-auth/permissions';
import { readAccessSnapshot } from '@aml-auth/rbac';
import { armPath, createArmClient } from '@aml-auth/rest';
import { verifyTokenStore } from '@aml-auth/token-cache';
import { readAccounts } from '../../accounts/account-book.js';
import { accountStore } from '../../accounts/account-store.js';
import type { CliContext } from '../../context.js';
import { loadSettings } from '../../settings/load-settings.js';
import { cloudOf, signIn, type SignIn } from '../../settings/sign-in.js';
import { resourceGroupOf, subscriptionOf } from '../../settings/workspace-flags.js';
import { identityOf } from '../whoami/identity-of.js';
import type { DoctorFlags } from './command.js';
import type { AccessFact, Facts, TokenFact, Tried } from './facts.js';
import { findOpenFiles, findProgram, reachHosts } from './gather-machine.js';

/** Looks at everything. Nothing is changed, and what fails is a fact. */
export async function gatherFacts(context: CliContext, flags: DoctorFlags): Promise<Facts> {
  const { env } = context.process;
  const { signal } = context;
  const known = await tried(() => signIn(context, flags));
  const cloud = 'value' in known ? known.value.cloud : await fallbackCloud(context, flags);
  const store = accountStore(env, true);
  const [token, hosts, chain, az, azd, status, verification, openFiles] = await Promise.all([
    'value' in known ? tried(() => tokenFact(known.value, signal)) : known,
    cloud === undefined ? [] : reachHosts(cloud, signal),
    cloud === undefined ? undefined : chainRecord(cloud, env, signal),
    findProgram('az', env),
    findProgram('azd', env),
    accountStore(env).status(),
    verifyTokenStore(store).catch(() => undefined),
    findOpenFiles(env),
  ]);
  return {
    nodeVersion: process.version,
    now: Date.now(),
    env,
    hosts,
    programs: [az, azd],
    token,
    chain,
    store: status,
    verification,
    openFiles,
    localProblem: await problemOf(async () => {
      await readAccounts(env);
      await loadSettings(context);
    }),
    access:
      'value' in known && 'value' in token
        ? await accessFact(known.value, token.value, flags, signal)
        : undefined,
  };
}

async function tokenFact({ credential, cloud, account }: SignIn, signal: AbortSignal): Promise<TokenFact> {
  const scope = defaultScope(cloud.resourceManager.audience);
  const { token, expiresOnTimestamp } = await credential.getToken(scope, { abortSignal: signal });
  const { kind, name, tenantId, clientId, objectId, audience } = identityOf(token);
  return {
    method: credential.describe().method,
    cloud: cloud.name,
    account: account?.name,
    identity: { kind, name, tenantId, clientId, objectId, audience },
    expiresOn: expiresOnTimestamp,
  };
}

async function chainRecord(cloud: Cloud, env: Facts['env'], signal: AbortSignal): Promise<Facts['chain']> {
  const scope = defaultScope(cloud.resourceManager.audience);
  const { record } = await explain(defaultChain({ cloud, env }), scope, { abortSignal: signal });
  return record;
}

async function accessFact(
  known: SignIn,
  { identity }: TokenFact,
  flags: DoctorFlags,
  signal: AbortSignal,
): Promise<Tried<AccessFact>> {
  const [subscription, group] = [subscriptionOf(flags, known), resourceGroupOf(flags, known)];
  const workspace = flags.workspace ?? known.settings.workspace?.value;
  const principalId = identity['objectId'];
  if (
    subscription === undefined ||
    group === undefined ||
    workspace === undefined ||
    principalId === undefined
  ) {
    return undefined;
  }
  return tried(async () => {
    const scope = armPath`/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.MachineLearningServices/workspaces/${workspace}`;
    const { credential, cloud } = known;
    const snapshot = await readAccessSnapshot(createArmClient({ credential, cloud }), {
      scope,
      principalId,
      signal,
    });
    const action = 'Microsoft.MachineLearningServices/workspaces/read';
    const { verdict, grants, nearMisses } = decide(snapshot, { principalId, action, scope });
    const roles = [...grants, ...nearMisses].flatMap(({ role }) => role?.roleName ?? []);
    return { workspace, roles: [...new Set(roles)], canRead: verdict === 'allowed' };
  });
}

async function fallbackCloud(context: CliContext, flags: DoctorFlags): Promise<Cloud | undefined> {
  return cloudOf(context, flags, {}).catch(() => undefined);
}

async function tried<T>(
  run: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly error: AmlAuthError }> {
  try {
    return { value: await run() };
  } catch (error) {
    return { error: toAmlAuthError(error) };
  }
}

async function problemOf(run: () => Promise<void>): Promise<AmlAuthError | undefined> {
  const outcome = await tried(run);
  return 'error' in outcome ? outcome.error : undefined;
}
