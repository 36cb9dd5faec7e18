import { randomGuid } from '../../core/random.js';
import type { CallTrace } from '../../core/call-trace.js';
import type { ExchangeRecord } from '../../core/exchange.js';
import type { User } from '../../core/directory-rows.js';
import { AADSTS } from '../../entra/aadsts.js';
import { forwardedAddress } from '../../entra/address-of.js';
import { lookUpTenant } from '../../entra/find-tenant.js';
import { resourceName } from '../../entra/resource-name.js';
import { findUser, tenantOfDomain } from '../../entra/users/find-user.js';
import { firstPartyName } from '../../entra/users/sign-in-client.js';
import type { World } from '../../http/call.js';
import { accessStatus, appliedPolicies } from './applied-policies.js';
import { readSignIn, type SignInFacts } from './read-sign-in.js';
import type { SignIn } from './sign-in-log.js';

/** Writes the sign-in that an exchange was into the log; sign-ins to no tenant of the emulator have no log. */
export function recordSignIn(world: World, exchange: ExchangeRecord, trace: CallTrace): void {
  const facts = readSignIn(exchange, trace);
  if (facts === undefined) return;
  const user = userOf(world, facts);
  const tenantId = tenantOf(world, facts, user);
  if (tenantId === undefined) return;
  const { store } = world;
  const application = store
    .list('applications')
    .find(({ clientId }) => clientId === facts.appId.toLowerCase());
  const isUser = facts.event === 'interactiveUser' || facts.event === 'nonInteractiveUser';
  const principal = store
    .list('servicePrincipals')
    .find((row) => row.tenantId === tenantId && row.appId === facts.appId.toLowerCase());
  const name = firstPartyName(facts.appId) ?? application?.displayName ?? principal?.displayName ?? '';
  const policies = store.list('conditionalAccessPolicies').filter((row) => row.tenantId === tenantId);
  world.signIns.add({
    id: randomGuid(world.random),
    tenantId,
    createdAt: exchange.at,
    event: facts.event,
    appId: facts.appId,
    appDisplayName: name,
    user: isUser
      ? {
          id: user?.id ?? '',
          userPrincipalName: user?.userPrincipalName ?? facts.username ?? '',
          displayName: user?.displayName ?? '',
        }
      : undefined,
    servicePrincipal: isUser ? undefined : { id: principal?.id ?? '', name: principal?.displayName ?? '' },
    resource: facts.audience === undefined ? undefined : resourceName(world, facts.audience),
    correlationId: exchange.correlationId ?? exchange.requestId,
    userAgent: headerOf(exchange, 'user-agent'),
    ipAddress: forwardedAddress(headerOf(exchange, 'x-forwarded-for')),
    clientAppUsed: facts.clientAppUsed,
    errorCode: facts.errorCode,
    failureReason: reasonOf(facts.errorCode),
    isMultiFactor: facts.isMultiFactor,
    policies: appliedPolicies(policies, trace.conditionalAccess),
    conditionalAccess: accessStatus(trace.conditionalAccess),
  });
}

function headerOf({ request }: ExchangeRecord, name: string): string {
  return request.headers.find(([header]) => header === name)?.[1] ?? '';
}

function userOf({ store }: World, { subjectId, username }: SignInFacts): User | undefined {
  const byId = subjectId === undefined ? undefined : store.get('users', subjectId);
  return byId ?? (username === undefined ? undefined : findUser(store, null, username));
}

function tenantOf({ store }: World, facts: SignInFacts, user: User | undefined): string | undefined {
  const { tenantId, tenant, username } = facts;
  const named = tenant === undefined ? undefined : lookUpTenant(store, tenant);
  const ofName = username === undefined ? undefined : tenantOfDomain(store, username);
  return tenantId ?? named?.id ?? user?.tenantId ?? ofName?.id;
}

function reasonOf(errorCode: number): SignIn['failureReason'] {
  if (errorCode === 0) return 'Other.';
  return AADSTS[errorCode]?.text.replaceAll(/\{\w+\}/g, '…') ?? 'Other.';
}
