import { AmlAuthError, cancelled, publicCloud, systemClock, type Clock, type Cloud } from '@aml-auth/core';
import { armError } from '../arm/arm-error.js';
import { armPath } from '../arm/arm-path.js';
import { armUrl } from '../arm/arm-url.js';
import { tenantOfChallenge } from '../arm/tenant-of-challenge.js';
import { readText } from '../http/read-text.js';
import { timeLimit } from '../http/time-limit.js';
import { transportFailure } from '../http/transport-failure.js';
import { parseSubscriptionId } from '../resource-names.js';

/** Options of {@link findTenant}. */
export interface FindTenantOptions {
  /** Default: the public cloud. */
  readonly cloud?: Cloud | undefined;
  /** Sends the request. Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** Measures the time limit. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Ends the request with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
  /** In milliseconds. Default 30,000. */
  readonly timeLimitMs?: number | undefined;
}

const METHOD = 'GET';

/**
 * The tenant that a subscription belongs to, before anybody has signed in: asks Azure Resource Manager for the
 * subscription without a token, and reads where the refusal leads (`authorization_uri` in `WWW-Authenticate`).
 *
 * @returns the tenant id
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for what is no subscription id; `AML_NOT_FOUND` where there is none;
 *   `AML_RESPONSE_INVALID` where no tenant is named; `AML_NETWORK`, `AML_TIMEOUT`, `AML_CANCELLED`
 */
export async function findTenant(subscriptionId: string, options: FindTenantOptions = {}): Promise<string> {
  const { cloud = publicCloud, fetch: send = fetch, clock = systemClock, signal } = options;
  const { timeLimitMs = 30_000 } = options;
  const path = armPath`/subscriptions/${parseSubscriptionId(subscriptionId)}`;
  const url = armUrl(cloud.resourceManager.endpoint, path, '2022-12-01');
  if (signal?.aborted === true) throw cancelled(signal);
  const limit = timeLimit(clock, timeLimitMs, signal);
  try {
    const response = await send(url, { method: METHOD, redirect: 'manual', signal: limit.signal });
    const { status, headers } = response;
    const tenantId = status === 401 ? tenantOfChallenge(headers) : undefined;
    if (tenantId !== undefined) {
      await response.body?.cancel();
      return tenantId.toLowerCase();
    }
    const body = await readText(response);
    if (status !== 401 && status >= 400) throw armError({ method: METHOD, url, status, headers, body });
    throw unnamed(subscriptionId, status);
  } catch (error) {
    if (limit.timedOut) throw outOfTime(cloud, timeLimitMs);
    if (limit.signal.aborted) throw cancelled(limit.signal);
    throw error instanceof AmlAuthError ? error : transportFailure(url, error);
  } finally {
    limit.end();
  }
}

function unnamed(subscriptionId: string, status: number): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `Azure Resource Manager names no tenant for the subscription ${subscriptionId} (${String(status)}).`,
    remedy: 'Check the subscription id and the cloud, and that no proxy answers in its place.',
    status,
  });
}

function outOfTime({ resourceManager }: Cloud, ms: number): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_TIMEOUT',
    message: `${resourceManager.endpoint} had no answer within ${String(Math.round(ms / 1000))} seconds.`,
    remedy: 'Call again, or raise timeLimitMs.',
  });
}
