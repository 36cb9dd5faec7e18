import { errorReport } from './error-report.js';
import { redact } from './redact.js';

/**
 * What an error means for a chain of credentials:
 * `skip` – this method does not apply here, the next link may try;
 * `stop` – it applies and was refused, nobody else's identity may be tried.
 */
export type Disposition = 'skip' | 'stop';

/** Every code that an {@link AmlAuthError} can carry. Codes are stable; texts are not. */
export type AmlAuthErrorCode =
  | 'AML_CONFIG_INVALID'
  | 'AML_NOT_CONFIGURED'
  | 'AML_UNAVAILABLE'
  | 'AML_CHAIN_EXHAUSTED'
  | 'AML_CREDENTIAL_REJECTED'
  | 'AML_INTERACTION_REQUIRED'
  | 'AML_IDENTITY_MISMATCH'
  | 'AML_UNAUTHENTICATED'
  | 'AML_FORBIDDEN'
  | 'AML_NOT_FOUND'
  | 'AML_CONFLICT'
  | 'AML_AMBIGUOUS'
  | 'AML_REQUEST_REJECTED'
  | 'AML_RESPONSE_INVALID'
  | 'AML_UNTRUSTED_HOST'
  | 'AML_THROTTLED'
  | 'AML_SERVICE_UNAVAILABLE'
  | 'AML_NETWORK'
  | 'AML_TIMEOUT'
  | 'AML_CANCELLED'
  | 'AML_UNEXPECTED';

/** What is true of every error with the same code. */
export interface ErrorCodeFacts {
  /** Whether a chain of credentials goes on to its next link. */
  readonly disposition: Disposition;
  /** True where the same call may succeed later without any change. */
  readonly retryable: boolean;
  /** One sentence for people: what happened. */
  readonly summary: string;
}

/** The facts behind each code; the error-code reference in the documentation is made from this table. */
export const ERROR_CODES: Readonly<Record<AmlAuthErrorCode, ErrorCodeFacts>> = {
  AML_CONFIG_INVALID: stop('An option, setting or argument is missing or malformed.'),
  AML_NOT_CONFIGURED: skip('The sign-in method has no configuration here.'),
  AML_UNAVAILABLE: skip('The sign-in method is configured but its source cannot be reached from here.'),
  AML_CHAIN_EXHAUSTED: skip('No credential of the chain applies here.'),
  AML_CREDENTIAL_REJECTED: stop('Microsoft Entra ID refused the credential.'),
  AML_INTERACTION_REQUIRED: stop(
    'A person must act first: multi-factor authentication, consent, or another policy.',
  ),
  AML_IDENTITY_MISMATCH: stop('The token that came is for another identity than the one that was asked for.'),
  AML_UNAUTHENTICATED: stop('The service did not accept the access token.'),
  AML_FORBIDDEN: stop('The caller is known but has no permission for the action at this scope.'),
  AML_NOT_FOUND: stop('The resource does not exist, or is not visible to the caller.'),
  AML_CONFLICT: stop('The request conflicts with the present state of the resource.'),
  AML_AMBIGUOUS: stop('The name fits several objects; none was chosen.'),
  AML_REQUEST_REJECTED: stop('The service refused the request as malformed or not allowed.'),
  AML_RESPONSE_INVALID: stop('The service answered with something that is not its documented reply.'),
  AML_UNTRUSTED_HOST: stop('A token would have gone to a host outside the configured cloud.'),
  AML_THROTTLED: temporary('The service asks to slow down.'),
  AML_SERVICE_UNAVAILABLE: temporary('The service failed or is overloaded.'),
  AML_NETWORK: temporary('The host could not be reached.'),
  AML_TIMEOUT: temporary('The time limit passed before an answer came.'),
  AML_CANCELLED: stop('The caller cancelled the operation.'),
  AML_UNEXPECTED: stop('Something failed that should not have; please report it.'),
};

/** Ids that a support engineer can look up. All are safe to paste. */
export interface CorrelationIds {
  /** `correlation_id` of Microsoft Entra ID, or `x-ms-correlation-request-id` of Azure Resource Manager. */
  readonly correlationId?: string;
  /** `x-ms-request-id` of the response. */
  readonly requestId?: string;
  /** `trace_id` of Microsoft Entra ID. */
  readonly traceId?: string;
  /** `client-request-id` or `x-ms-client-request-id` that was sent. */
  readonly clientRequestId?: string;
}

/** Why one link of a chain did not give a token. */
export interface ChainAttempt {
  /** The method's name, as in `CredentialDescription.method`. */
  readonly method: string;
  /** What kind of failure it was; one whose disposition is `skip`. */
  readonly code: AmlAuthErrorCode;
  /** What happened, redacted. */
  readonly message: string;
  /** The next command or setting that would make the link apply, redacted. */
  readonly remedy?: string;
}

/**
 * What became of one step of a change that takes several: `done`; `failed` – refused, nothing changed;
 * `unclear` – no answer came, it may have been carried out; `notStarted`; `undone` – done, and taken back
 * since; `notUndone` – done, and taking it back failed.
 */
export type StepOutcome = 'done' | 'failed' | 'unclear' | 'notStarted' | 'undone' | 'notUndone';

/** One step of a change that did not come to its end. */
export interface ChangeStep {
  /** What it does, in words: `assign Reader at /subscriptions/…`. */
  readonly step: string;
  /** How far it came. Where it is `unclear`, look at the object before you try again. */
  readonly outcome: StepOutcome;
  /** Id of the object that it makes, changes or removes, where that is known. */
  readonly id?: string | undefined;
}

/** The request that an error is about, without headers and body. */
export interface FailedRequest {
  /** The method of HTTP, such as `PUT`. */
  readonly method: string;
  /** The whole URL; its query may hold a signature or a continuation token. */
  readonly url: string;
}

/** What {@link AmlAuthError} is made from. */
export interface AmlAuthErrorInit {
  /** What kind of failure it is; decides `disposition` and `retryable`. */
  readonly code: AmlAuthErrorCode;
  /** What happened, to which thing, and why. Redacted on the way in. */
  readonly message: string;
  /** The next command or setting, in one sentence. Redacted on the way in. */
  readonly remedy?: string | undefined;
  /** The number of an AADSTS error of Microsoft Entra ID. */
  readonly aadsts?: number | undefined;
  /** `error.code` of an Azure Resource Manager error. */
  readonly armCode?: string | undefined;
  /** The HTTP status, where a service answered. */
  readonly status?: number | undefined;
  /** Ids that came with the answer. Default: none. */
  readonly correlation?: CorrelationIds | undefined;
  /** `suberror` of Microsoft Entra ID, such as `basic_action`. */
  readonly suberror?: string | undefined;
  /** The claims challenge (JSON) that the next sign-in must satisfy. */
  readonly claims?: string | undefined;
  /** Ids of the Conditional Access policies that stand in the way, where the service named them. */
  readonly policyIds?: readonly string[] | undefined;
  /** How long the service asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** For `AML_CHAIN_EXHAUSTED`: what each link said. */
  readonly attempts?: readonly ChainAttempt[] | undefined;
  /** Of a change in several steps that did not come to its end: every step, in order. Redacted on the way in. */
  readonly steps?: readonly ChangeStep[] | undefined;
  /** The request that failed. Only a report shows it, without the values of its query. */
  readonly request?: FailedRequest | undefined;
  /** How far the clock of the service is ahead of this machine's, in milliseconds. */
  readonly clockSkewMs?: number | undefined;
  /** What was caught, for debuggers. Never printed: it may hold anything. */
  readonly cause?: unknown;
}

const BRAND: symbol = Symbol.for('@aml-auth/core/AmlAuthError');
const INSPECT: symbol = Symbol.for('nodejs.util.inspect.custom');

/**
 * The one error of aml-auth. Narrow it with {@link isAmlAuthError} and decide by `code`.
 * It carries no secret: its texts are redacted, and neither `toJSON()` nor `util.inspect`
 * walks into the `cause` or prints `claims`.
 */
export class AmlAuthError extends Error {
  /** What kind of failure it is; {@link ERROR_CODES} has what is true of each. */
  readonly code: AmlAuthErrorCode;
  /** The next command or setting, in a sentence; undefined where nobody can do anything about it. */
  readonly remedy: string | undefined;
  /**
   * The number of an AADSTS error of Microsoft Entra ID, such as 7000215; undefined where the failure came
   * from elsewhere.
   */
  readonly aadsts: number | undefined;
  /** `error.code` of an Azure Resource Manager error, such as `AuthorizationFailed`. */
  readonly armCode: string | undefined;
  /** The HTTP status; undefined where no service answered. */
  readonly status: number | undefined;
  /** Ids for Microsoft's support, empty where no service gave one. */
  readonly correlation: CorrelationIds;
  /**
   * `suberror` of Microsoft Entra ID, such as `basic_action`: what kind of interaction a person is asked for.
   */
  readonly suberror: string | undefined;
  /** The claims challenge (JSON) to hand to the next `getToken`; neither `toJSON` nor `toReport` shows it. */
  readonly claims: string | undefined;
  /** Ids (GUIDs) of the Conditional Access policies that stand in the way, where the service named them. */
  readonly policyIds: readonly string[] | undefined;
  /** Milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** For `AML_CHAIN_EXHAUSTED`: what each link of the chain said, in the order in which they were asked. */
  readonly attempts: readonly ChainAttempt[] | undefined;
  /** Of a change in several steps that did not come to its end: every step, in order. */
  readonly steps: readonly ChangeStep[] | undefined;
  /** The request that failed. Not enumerable: only `toReport` shows it, without the values of its query. */
  declare readonly request: FailedRequest | undefined;
  /** Milliseconds that the clock of the service is ahead of this machine's. */
  readonly clockSkewMs: number | undefined;

  constructor(init: AmlAuthErrorInit) {
    super(redact(init.message), init.cause === undefined ? undefined : { cause: init.cause });
    // The platform's own code tells a cancellation by this name (DOM Standard, AbortSignal).
    this.name = init.code === 'AML_CANCELLED' ? 'AbortError' : 'AmlAuthError';
    this.code = init.code;
    this.remedy = init.remedy === undefined ? undefined : redact(init.remedy);
    this.aadsts = init.aadsts;
    this.armCode = init.armCode === undefined ? undefined : redact(init.armCode);
    this.status = init.status;
    this.correlation = init.correlation ?? {};
    this.suberror = init.suberror === undefined ? undefined : redact(init.suberror);
    this.claims = init.claims;
    this.policyIds = init.policyIds;
    this.retryAfterMs = init.retryAfterMs;
    this.attempts = init.attempts;
    this.steps = init.steps?.map((step) => ({ ...step, step: redact(step.step) }));
    this.clockSkewMs = init.clockSkewMs;
    // Not enumerable: a URL can hold what only `toReport` knows how to leave out.
    Object.defineProperty(this, 'request', { value: init.request });
    Object.defineProperty(this, BRAND, { value: true });
    Object.defineProperty(this, INSPECT, { value: () => inspected(this) });
  }

  /** Whether a chain may try its next link. */
  get disposition(): Disposition {
    return ERROR_CODES[this.code].disposition;
  }

  /** Whether the same call may succeed later without any change. */
  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }

  /** The facts that are safe to log and to paste, without undefined fields. */
  toJSON(): Record<string, unknown> {
    return defined({
      name: this.name,
      code: this.code,
      disposition: this.disposition,
      retryable: this.retryable,
      message: this.message,
      remedy: this.remedy,
      aadsts: this.aadsts,
      suberror: this.suberror,
      policyIds: this.policyIds,
      armCode: this.armCode,
      status: this.status,
      retryAfterMs: this.retryAfterMs,
      correlation: Object.keys(this.correlation).length === 0 ? undefined : this.correlation,
      attempts: this.attempts,
      steps: this.steps,
    });
  }

  /**
   * All that support needs, as lines of text to paste into a ticket: the facts of `toJSON`, the request as
   * a curl command without token and query values, the difference of the clocks, and the kind of cause.
   * Redacted; without claims.
   */
  toReport(): string {
    return errorReport(this);
  }
}

/** True for an {@link AmlAuthError} of this or another copy of the package. */
export function isAmlAuthError(error: unknown): error is AmlAuthError {
  return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[BRAND] === true;
}

/** The error as it is, or wrapped as `AML_UNEXPECTED` with its message redacted. */
export function toAmlAuthError(error: unknown): AmlAuthError {
  if (isAmlAuthError(error)) return error;
  return new AmlAuthError({
    code: 'AML_UNEXPECTED',
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    remedy: 'Report it with the steps that led here.',
    cause: error,
  });
}

/** What `console.log` and `util.inspect` show in Node.js. */
function inspected(error: AmlAuthError): string {
  const { name, message, ...facts } = error.toJSON();
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return [`${String(name)}: ${String(message)} ${JSON.stringify(facts)}`, ...stack].join('\n');
}

function stop(summary: string): ErrorCodeFacts {
  return { disposition: 'stop', retryable: false, summary };
}

function skip(summary: string): ErrorCodeFacts {
  return { disposition: 'skip', retryable: false, summary };
}

function temporary(summary: string): ErrorCodeFacts {
  return { disposition: 'stop', retryable: true, summary };
}

function defined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
