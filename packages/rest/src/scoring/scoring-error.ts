import { AmlAuthError, retryAfterMs, type AmlAuthErrorCode } from '@aml-auth/core';
import { readArmErrorBody } from '../arm/arm-error-body.js';
import type { AuthMode } from './endpoint-facts.js';

/** A reply of an endpoint without success. */
export interface ScoringRefusal {
  readonly endpoint: string;
  readonly authMode: AuthMode;
  readonly url: string;
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  /** The body as text. */
  readonly body: string;
  readonly clientRequestId: string;
}

const BY_STATUS: Readonly<Record<number, AmlAuthErrorCode>> = {
  401: 'AML_UNAUTHENTICATED',
  403: 'AML_FORBIDDEN',
  404: 'AML_NOT_FOUND',
  408: 'AML_TIMEOUT',
  409: 'AML_CONFLICT',
  429: 'AML_THROTTLED',
};

/** What a container said is the best there is to find its fault; a whole page is not. */
const MOST_TEXT = 2_000;

/**
 * The error behind a reply of an online endpoint. A 424 is about the container: its own status, the reason and what it
 * said are in the message (Azure Machine Learning, troubleshooting of online endpoints, HTTP status codes). Pure; never
 * throws.
 *
 * @param now - milliseconds since the epoch, to read a date in `Retry-After`
 */
export function scoringError(refusal: ScoringRefusal, now: number): AmlAuthError {
  const { endpoint, status, headers, url } = refusal;
  const requestId = requestIdOf(headers);
  const error = new AmlAuthError({
    code: BY_STATUS[status] ?? codeOf(status),
    message: `The endpoint ${endpoint} ${whatHappened(refusal)}.${said(refusal.body)}`,
    remedy: remedyOf(refusal),
    status,
    retryAfterMs: retryAfterMs(headers, now),
    correlation: {
      clientRequestId: refusal.clientRequestId,
      ...(requestId === undefined ? {} : { requestId }),
    },
    request: { method: 'POST', url },
  });
  ours.add(error);
  return error;
}

/** Errors of Azure Resource Manager look alike, and were repeated before they came here. */
const ours = new WeakSet<AmlAuthError>();

/** True for a {@link scoringError}. */
export function isScoringError(error: AmlAuthError): boolean {
  return ours.has(error);
}

/** The id by which the logs of an endpoint know a request. */
export function requestIdOf(headers: Pick<Headers, 'get'>): string | undefined {
  return headers.get('x-request-id') ?? headers.get('x-ms-request-id') ?? undefined;
}

function codeOf(status: number): AmlAuthErrorCode {
  if (status >= 500) return 'AML_SERVICE_UNAVAILABLE';
  return status >= 400 ? 'AML_REQUEST_REJECTED' : 'AML_RESPONSE_INVALID';
}

function whatHappened({ status, headers }: ScoringRefusal): string {
  const deployment = headers.get('azureml-model-deployment');
  const where = deployment === null ? '' : ` of the deployment ${deployment}`;
  if (status === 424) {
    const inner = headers.get('ms-azureml-model-error-statuscode');
    const reason = headers.get('ms-azureml-model-error-reason');
    return `answered 424: its container${where} failed${inner === null ? '' : ` with ${inner}`}${reason === null ? '' : ` (${reason})`}`;
  }
  if (status >= 300 && status < 400) {
    return `answered with a redirect (${String(status)}); a key or token does not follow it`;
  }
  return `answered ${String(status)}${where === '' ? '' : ` (deployment ${deployment ?? ''})`}`;
}

function said(body: string): string {
  const { message, code } = readArmErrorBody(body);
  const isPlain = !/^\s*[<{["]/.test(body);
  const text = isPlain ? body : [code, message].filter((part) => part !== undefined).join(': ');
  const shown = text.trim().replace(/\s+/g, ' ').slice(0, MOST_TEXT);
  return shown === '' ? '' : ` It said: ${shown}`;
}

function remedyOf({ status, authMode, headers }: ScoringRefusal): string {
  const id = requestIdOf(headers);
  switch (status) {
    case 401:
      return authMode === 'AADToken'
        ? 'Sign in to the tenant of the workspace, and check the clock of this machine.'
        : `Check that the endpoint still has authMode ${authMode}, and that its keys are not being regenerated right now.`;
    case 403:
      return authMode === 'AADToken'
        ? 'Ask for a role with Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action at the endpoint, such as AzureML Data Scientist.'
        : 'Check that the network of the endpoint lets this machine in.';
    case 404:
      return 'Give a deployment traffic, or name one that is there.';
    case 408:
      return 'The model took longer than request_timeout_ms of the deployment: raise that (180,000 at most), or send less.';
    case 424:
      return `Look into the logs of the deployment${id === undefined ? '' : ` for the request ${id}`}, and correct the scoring script or the input.`;
    case 429:
      return 'Send fewer requests at once, or give the deployment more instances.';
    default:
      return status >= 500
        ? 'Call again later, with retry: "always" if the model may see a request twice.'
        : 'Correct the request as the message says.';
  }
}
