import type { FaultPreset, FaultRule } from './fault-rule.js';

/** Seconds. */
const RETRY_AFTER = 10;
const REPLICATION_MS = 30_000;

type Preset = Pick<FaultRule, 'match' | 'do' | 'times'>;

/** The rule behind a preset. */
export function presetRule(input: FaultPreset): FaultRule {
  const { id, match, times } = input;
  const rule = PRESETS[input.preset](input);
  return {
    ...rule,
    ...(id === undefined ? {} : { id }),
    ...(match === undefined ? {} : { match }),
    ...(times === undefined ? {} : { times }),
  };
}

/** Texts of Azure's answers are shortened, not compared. */
const PRESETS: Readonly<Record<FaultPreset['preset'], (input: FaultPreset) => Preset>> = {
  429: ({ retryAfter = RETRY_AFTER }) => ({
    do: {
      status: 429,
      headers: { 'retry-after': String(retryAfter), 'x-ms-error-code': 'TooManyRequests' },
      body: {
        error: { code: 'TooManyRequests', message: `Too many requests. Retry after ${retryAfter} seconds.` },
      },
    },
  }),
  estsOutage: () => ({
    match: { path: ['/*/oauth2/**', '/*/.well-known/**', '/*/v2.0/.well-known/**', '/*/discovery/**'] },
    do: { aadsts: 90033 },
  }),
  imdsSlowStart: ({ status = 404 }) => ({
    match: { path: ['/metadata/identity/**', '/hosts/*/metadata/identity/**', '/hosts/*/msi/**'] },
    times: 3,
    do: {
      status,
      headers: { 'x-ms-error-code': 'not_found' },
      body: {
        error: 'not_found',
        error_description: status === 410 ? 'The service is being updated.' : 'The service is not ready.',
      },
    },
  }),
  armThrottle: ({ retryAfter = RETRY_AFTER }) => ({
    match: { path: '/subscriptions/**' },
    do: {
      status: 429,
      headers: {
        'retry-after': String(retryAfter),
        'x-ms-ratelimit-remaining-subscription-reads': '0',
        'x-ms-error-code': 'SubscriptionRequestsThrottled',
      },
      body: {
        error: {
          code: 'SubscriptionRequestsThrottled',
          message: `Number of requests for the subscription exceeded. Please try again after '${retryAfter}' seconds after additional tokens are available.`,
        },
      },
    },
  }),
  graphReplication: ({ replicationDelayMs = REPLICATION_MS }) => ({
    match: { path: '/graph/**', method: ['POST', 'PATCH', 'PUT', 'DELETE'] },
    do: { replicationDelayMs },
  }),
  slow_down: () => ({
    match: { path: '/*/oauth2/**', method: 'POST', form: { grant_type: '*device_code' } },
    times: 1,
    do: { aadsts: 90055 },
  }),
};
