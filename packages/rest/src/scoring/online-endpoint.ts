import { AmlAuthError, type Clock, type Credential, type Logger } from '@aml-auth/core';
import { armPath } from '../arm/arm-path.js';
import type { Resource, OnlineEndpointProperties } from '../resources/resource-shapes.js';
import { accessKeeper } from './endpoint-access.js';
import type { OnlineEndpoints } from './endpoint-secrets.js';
import { callEndpoint } from './call-endpoint.js';
import { scoreInput } from './score-input.js';
import type { ScoreOptions, ScoreResult } from './score-options.js';
import { requestIdOf } from './scoring-error.js';
import { scoreBody } from './send-score.js';

/** An online endpoint, to be called. */
export interface OnlineEndpoint {
  /** Its name, which is unique in a region. */
  readonly name: string;
  /**
   * Calls it with what its `authMode` asks for: a key, a token of Azure Machine Learning, or an Entra token of the
   * client's credential. Keys and tokens are read from Azure Resource Manager once and kept in memory; a 401 or 403
   * leads to one new reading, after which the new and the other key are tried. They go to the origin of the scoring URI,
   * over https, and nowhere else.
   *
   * @param body - bytes as they are, everything else as JSON (with another `contentType` a text as it is)
   * @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad options; what Azure Resource Manager answers; of the endpoint
   *   `AML_UNAUTHENTICATED`, `AML_FORBIDDEN`, `AML_NOT_FOUND` (no deployment), `AML_TIMEOUT`, `AML_THROTTLED`,
   *   `AML_REQUEST_REJECTED` with what the container said; `AML_UNTRUSTED_HOST` where it is not reached by https
   */
  score(body: unknown, options?: ScoreOptions): Promise<ScoreResult>;
  /** What Azure Resource Manager says of it now. */
  getDetails(options?: {
    readonly signal?: AbortSignal | undefined;
  }): Promise<Resource<OnlineEndpointProperties>>;
}

/** What an {@link OnlineEndpoint} is made from. */
export interface ScoringContext {
  readonly endpoints: OnlineEndpoints;
  readonly credential: Credential;
  /** Of the data plane of workspaces. */
  readonly audience: string;
  readonly fetch: typeof fetch | undefined;
  readonly clock: Clock;
  /** Told about new readings (`scoring.renew`) and repetitions (`scoring.retry`). */
  readonly logger: Logger;
  readonly random: () => number;
}

const TIME_LIMIT_MS = 190_000;

/**
 * The client of one endpoint. Sends nothing.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a bad name
 */
export function onlineEndpoint(context: ScoringContext, given: string): OnlineEndpoint {
  // One segment of a path, and no other.
  const name = armPath`/${given}`.slice(1);
  const keeper = accessKeeper(context, name);
  return {
    name,
    async score(body, options = {}) {
      const input = scoreInput(body, options);
      const timeLimitMs = timeLimitOf(options);
      const { retry = 'safe', signal } = options;
      const reply = await callEndpoint({ ...context, keeper }, { name, input, retry, timeLimitMs, signal });
      return {
        body: scoreBody(name, reply),
        text: reply.text,
        status: reply.status,
        headers: reply.headers,
        deployment: reply.headers.get('azureml-model-deployment') ?? undefined,
        requestId: requestIdOf(reply.headers),
      };
    },
    getDetails: async (options) => context.endpoints.get(name, options),
  };
}

function timeLimitOf({ timeLimitMs = TIME_LIMIT_MS }: ScoreOptions): number {
  if (timeLimitMs > 0 && timeLimitMs < 2 ** 31) return timeLimitMs;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `timeLimitMs ${String(timeLimitMs)} is not a time limit.`,
    remedy: 'Give milliseconds, more than 0 and less than 2^31.',
  });
}
