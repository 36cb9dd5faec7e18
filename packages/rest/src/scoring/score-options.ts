/** How an endpoint is called. */
export interface ScoreOptions {
  /** The deployment that is to answer. Default: as the traffic of the endpoint decides. */
  readonly deployment?: string | undefined;
  /** Default `application/json`. */
  readonly contentType?: string | undefined;
  /** For the container. Those of sign-in cannot be given. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Ends the call with `AML_CANCELLED`. The container may go on. */
  readonly signal?: AbortSignal | undefined;
  /**
   * For the call with all its attempts, in milliseconds. Default 190,000: a managed endpoint gives a container 180
   * seconds at most.
   */
  readonly timeLimitMs?: number | undefined;
  /**
   * `safe` (default): only a 429 is repeated, which the container has not seen. `always`: also failures after which it
   * may have seen the request, for models that may see it twice. `never`: one attempt.
   */
  readonly retry?: 'safe' | 'always' | 'never' | undefined;
}

/** What an endpoint answered. */
export interface ScoreResult {
  /** Parsed where it is JSON; else the text (UTF-8). */
  readonly body: unknown;
  /** The body as it came (UTF-8), with every digit of its numbers. */
  readonly text: string;
  /** From 200 to 299. */
  readonly status: number;
  /** As they came. */
  readonly headers: Headers;
  /** The deployment that answered, where the endpoint says. */
  readonly deployment: string | undefined;
  /** `x-request-id` or `x-ms-request-id`: with it the logs of the container are found. */
  readonly requestId: string | undefined;
}
