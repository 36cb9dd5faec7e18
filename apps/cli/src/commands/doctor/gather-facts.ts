import { AmlAuthError, defaultScope, explain, toAmlAuthError, type Cloud } from '@aml-auth/core';
import { defaultChain } from '@aml-auth/credentials';
import { decide } from '@aml-auth/permissions';
import { readAccessSnapshot } from '@aml-auth/rbac';
import { armPath, createArmClient, type ArmClient } from '@aml-auth/rest';
import { verifyTokenStore } from '@aml-auth/token-cache';
import { readAccounts } from '../../accounts/account-book.js';
import { accountStore } from '../../accounts/account-store.js';
import type { CliContext } from '../../context.js';
import { loadSettings } from '../../settings/load-settings.js';
import { cloudOf, signIn, type SignIn } from '../../settings/sign-in.js';
import { resourceGroupOf, subscriptionOf } from '../../settings/workspace-flags.js';
import { identityOf } from '../whoami/identity-of.js';
import type { DoctorFlags } from './command.js';
import type { AccessFact, Facts, HostFact, TokenFact } from './facts.js';
import { deadEndpoints, reachMetadataService } from './gather-endpoints.js';
import { findProgram, findUnsafeFiles, reachHosts, unreadableFiles } from './gather-machine.js';
import { reachDataPlane } from './reach-data-plane.js';

/** Looks at everything. Nothing is changed, and what fails is a fact. */
export async function gatherFacts(context: CliContext, flags: DoctorFlags): Promise<Facts> {
  const { env } = context.process;
  const { signal } = context;
  const known = await tried(() => signIn(context, flags));
  const cloud = 'value' in known ? known.value.cloud : await fallbackCloud(context, flags);
  const store = accountStore(env, true);
  const [token, hosts, chain, az, azd, status, verification, unsafeFiles, metadata, dead, unreadable] =
    await Promise.all([
      'value' in known ? tried(() => tokenFact(known.value, signal)) : known,
      cloud === undefined ? [] : reachHosts(cloud, signal),
      cloud === undefined ? undefined : chainRecord(cloud, env, signal),
      findProgram('az', env),
      findProgram('azd', env),
      accountStore(env).status(),
      verifyTokenStore(store).catch(() => undefined),
      findUnsafeFiles(env),
      reachMetadataService(env, signal),
      deadEndpoints(env),
      unreadableFiles(env),
    ]);
  const place =
    'value' in known && 'value' in token ? workspacePlace(known.value, token.value, flags) : undefined;
  const [access, dataPlane] =
    place === undefined
      ? []
      : await Promise.all([
          tried(() => accessFact(place, signal)),
          tried(() => dataPlaneFact(place, signal)),
        ]);
  return {
    nodeVersion: process.version,
    now: Date.now(),
    env,
    variables: { dead, unreadable },
    hosts,
    dataPlane,
    programs: [az, azd],
    token,
    chain,
    metadata,
    store: status,
    verification,
    unsafeFiles,
    localProblem: await problemOf(async () => {
      await readAccounts(env);
      await loadSettings(context);
    }),
    access,
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

/** A workspace, and who looks at it. */
interface Place {
  readonly arm: ArmClient;
  readonly cloud: Cloud;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspaceName: string;
  readonly principalId: string | undefined;
}

function workspacePlace(known: SignIn, { identity }: TokenFact, flags: DoctorFlags): Place | undefined {
  const [subscriptionId, resourceGroup] = [subscriptionOf(flags, known), resourceGroupOf(flags, known)];
  const workspaceName = flags.workspace ?? known.settings.workspace?.value;
  if (subscriptionId === undefined || resourceGroup === undefined || workspaceName === undefined)
    return undefined;
  const { credential, cloud } = known;
  const arm = createArmClient({ credential, cloud });
  return { arm, cloud, subscriptionId, resourceGroup, workspaceName, principalId: identity['objectId'] };
}

async function accessFact(place: Place, signal: AbortSignal): Promise<AccessFact> {
  const { arm, subscriptionId, resourceGroup, workspaceName, principalId } = place;
  if (principalId === undefined) {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: 'The token does not say whose it is.',
      remedy: 'Sign in by another method: aml-auth login',
    });
  }
  const scope = armPath`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/${workspaceName}`;
  const snapshot = await readAccessSnapshot(arm, { scope, principalId, signal });
  const action = 'Microsoft.MachineLearningServices/workspaces/read';
  const { verdict, grants, nearMisses } = decide(snapshot, { principalId, action, scope });
  const roles = [...grants, ...nearMisses].flatMap(({ role }) => role?.roleName ?? []);
  return { workspace: workspaceName, roles: [...new Set(roles)], canRead: verdict === 'allowed' };
}

async function dataPlaneFact({ arm, cloud, ...ref }: Place, signal: AbortSignal): Promise<HostFact> {
  const { properties } = await arm.workspaces.get(ref, { signal });
  return reachDataPlane(cloud, properties.discoveryUrl, signal);
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
