import { AmlAuthError, type AmlAuthErrorCode } from './errors.js';

/** What was going on when a request failed without an answer. */
export interface NetworkFailure {
  /** The URL that was asked; only its host is shown. */
  readonly url: string | URL;
  /** What `fetch` rejected with. */
  readonly cause: unknown;
  /** True where the own time limit ended the request. */
  readonly timedOut?: boolean;
  /** True where the caller's signal ended the request. */
  readonly aborted?: boolean;
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ALTNAME/;

/** How people meet the system's error codes, and what to do about each. Matched in order. */
const REASONS: readonly (readonly [RegExp, string, string])[] = [
  [
    CERTIFICATE,
    'its TLS certificate is not trusted',
    'If a proxy or an emulator stands in between, set NODE_EXTRA_CA_CERTS to its certificate authority and start again.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN/,
    'its name cannot be resolved',
    'Check the host name, the DNS and the network connection.',
  ],
  [
    /ECONNREFUSED/,
    'nothing listens on that port',
    'Check that the host and port are right and that the service runs.',
  ],
  [
    /ECONNRESET|EPIPE|UND_ERR_SOCKET|HPE_/,
    'the connection was cut',
    'Try again; check the proxy if it goes on.',
  ],
];

/**
 * The error of a request that got no answer: `AML_CANCELLED`, `AML_TIMEOUT` or `AML_NETWORK`, with
 * the reason in words and, for `AML_NETWORK`, what to do about it.
 */
export function networkError(failure: NetworkFailure): AmlAuthError {
  const { cause } = failure;
  const host = hostOf(failure.url);
  if (failure.aborted === true) {
    return error('AML_CANCELLED', `The request to ${host} was cancelled by its caller.`, undefined, cause);
  }
  if (failure.timedOut === true) {
    const remedy = 'Try again; raise the time limit if the network is slow.';
    return error('AML_TIMEOUT', `${host} did not answer within the time limit.`, remedy, cause);
  }
  const code = systemCode(cause);
  const [, reason, remedy] = REASONS.find(([pattern]) => pattern.test(code)) ?? [];
  const why = reason ?? 'the request failed';
  const shown = code === '' ? '' : ` (${code})`;
  return error(
    'AML_NETWORK',
    `${host} could not be reached: ${why}${shown}.`,
    remedy ?? 'Check the network connection and the proxy settings.',
    cause,
  );
}

/** True for an `AML_NETWORK` error whose cause is the host's certificate: trying again does not help. */
export function isUntrustedCertificate(error: AmlAuthError): boolean {
  return error.code === 'AML_NETWORK' && CERTIFICATE.test(systemCode(error.cause));
}

/** `fetch` hides the system's error code one or two causes down. */
function systemCode(error: unknown): string {
  for (let at: unknown = error, depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth += 1) {
    const { code, cause } = at as { code?: unknown; cause?: unknown };
    if (typeof code === 'string') return code;
    at = cause;
  }
  return '';
}

function hostOf(url: string | URL): string {
  return URL.parse(String(url))?.host ?? 'The host';
}

function error(
  code: AmlAuthErrorCode,
  message: string,
  remedy: string | undefined,
  cause: unknown,
): AmlAuthError {
  return new AmlAuthError({ code, message, remedy, cause });
}
