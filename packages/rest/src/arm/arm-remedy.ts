import type { AmlAuthErrorCode } from '@aml-auth/core';
import { mismatchRemedy, readTenantMismatch } from '../subscriptions/tenant-mismatch.js';

/** What {@link armRemedy} looks at. */
export interface RefusedRequest {
  readonly code: AmlAuthErrorCode;
  readonly armCode: string | undefined;
  readonly message: string;
  readonly method: string;
  /** The tenant that the service named in `WWW-Authenticate`. */
  readonly tenantId: string | undefined;
  /** Whether the reply had a claims challenge, and what it wants by name. */
  readonly isChallenged: boolean;
  readonly policyIds: readonly string[];
  readonly contexts: readonly string[];
}

const AUTHORIZATION = /perform action '([^']{1,300})' over scope '([^']{1,1000})'/;

const BY_ARM_CODE: Readonly<Record<string, string>> = {
  Authorization_RequestDenied:
    'Ask an administrator for the permission of Microsoft Graph that this needs, or a directory role.',
  ExpiredAuthenticationToken: 'Check the clock of this machine, then sign in again.',
  InvalidApiVersionParameter: 'Use one of the api-versions that the message names.',
  InvalidResourceType: 'Use an api-version in which this resource type exists.',
  MissingSubscriptionRegistration:
    'Register the resource provider that the message names: az provider register --namespace <provider>.',
  NoRegisteredProviderFound: 'Use one of the api-versions and locations that the message names.',
  Request_ResourceNotFound: 'Check the id; an object that was created just now may not be visible yet.',
  RequestDisallowedByPolicy:
    'Change the request so that the policy allows it, or ask its owner for an exemption.',
  ReadOnlyDisabledSubscription: 'The subscription is disabled: ask its owner to enable it.',
  ResourceGroupNotFound: 'Check the name of the resource group, and the subscription.',
  ScopeLocked: 'Remove the lock on the resource, or ask its owner to.',
  SubscriptionNotFound: 'Check the subscription id, and sign in to the tenant that it belongs to.',
};

const BY_CODE: Partial<Readonly<Record<AmlAuthErrorCode, string>>> = {
  AML_UNAUTHENTICATED: 'Sign in again, to the tenant that the subscription belongs to.',
  AML_FORBIDDEN: 'Ask for a role that allows this, or wait a few minutes if one was granted just now.',
  AML_NOT_FOUND: 'Check the names in the path; without read permission a resource looks missing, too.',
  AML_CONFLICT: 'Read the resource again, and repeat the change if it is still wanted.',
  AML_THROTTLED: 'Wait as long as retryAfterMs says, and send fewer requests at once.',
  AML_TIMEOUT: 'Repeat the request.',
  AML_SERVICE_UNAVAILABLE: 'Repeat the request later; outages are listed at https://azure.status.microsoft.',
  AML_REQUEST_REJECTED: 'Correct the request as the message says.',
  AML_RESPONSE_INVALID: 'Check the endpoint of the cloud, and that no proxy answers in its place.',
};

/** The next step after a refusal of Azure Resource Manager, in one sentence. */
export function armRemedy(refused: RefusedRequest): string | undefined {
  const { code, armCode, message, method, tenantId } = refused;
  if (refused.isChallenged) return challengeRemedy(refused);
  const mismatch =
    armCode === 'InvalidAuthenticationTokenTenant' ? readTenantMismatch(message, tenantId) : undefined;
  if (mismatch !== undefined) return mismatchRemedy(mismatch);
  if (code === 'AML_UNAUTHENTICATED' && tenantId !== undefined) {
    return `Sign in to tenant ${tenantId}, which the service asks for.`;
  }
  const [, action, scope] = AUTHORIZATION.exec(message) ?? [];
  if (code === 'AML_FORBIDDEN' && action !== undefined && scope !== undefined) {
    return `Ask for a role with ${action} at ${scope}, or wait a few minutes if one was granted just now.`;
  }
  if (code === 'AML_SERVICE_UNAVAILABLE' && method !== 'GET' && method !== 'HEAD') {
    return 'Read the resource before the request is repeated: the first one may have been carried out.';
  }
  const known =
    armCode !== undefined && Object.hasOwn(BY_ARM_CODE, armCode) ? BY_ARM_CODE[armCode] : undefined;
  return known ?? BY_CODE[code];
}

function challengeRemedy({ policyIds, contexts }: RefusedRequest): string {
  const wants = [
    ...(policyIds.length === 0 ? [] : [`the Conditional Access policies ${policyIds.join(', ')}`]),
    ...contexts.map((id) =>
      id === 'p1' ? 'multi-factor authentication (context p1)' : `the authentication context ${id}`,
    ),
  ].join(' and ');
  const what = wants === '' ? 'The service wants a newer token' : `The service wants ${wants}`;
  return `${what}: sign in again with the claims of this error (error.claims), as a person where a policy wants one.`;
}
