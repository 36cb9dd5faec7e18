import { AmlAuthError } from '@aml-auth/core';

/** A token of another identity provider stands for the application: nothing secret to keep or to lose. */
export interface FederatedCredentialRequest {
  readonly kind: 'federated';
  /** The `iss` of the tokens, an https URL. */
  readonly issuer: string;
  /** Their `sub`. */
  readonly subject: string;
  /** At most 120 letters, digits, `-` and `_`; never changes. Default: made from the subject. */
  readonly name?: string | undefined;
  /** Their `aud`. Default `api://AzureADTokenExchange`. */
  readonly audience?: string | undefined;
  /** For people. Default: none. */
  readonly description?: string | undefined;
}

/** The application proves itself with a private key that never leaves its machine. */
export interface CertificateRequest {
  readonly kind: 'certificate';
  /** PEM with the certificate. Default: a new self-signed one, whose private key is in the result. */
  readonly certificate?: string | undefined;
  /** At most 120 characters. Default `rbac`. */
  readonly displayName?: string | undefined;
  /** How long a new certificate is valid. Default 365. */
  readonly lifetimeDays?: number | undefined;
}

/** The application proves itself with a password. The weakest kind: whoever reads it, has it. */
export interface SecretRequest {
  readonly kind: 'secret';
  /** At most 120 characters. Default `rbac`, as Azure CLI has it. */
  readonly displayName?: string | undefined;
  /** Default 90. Azure CLI takes a year. */
  readonly lifetimeDays?: number | undefined;
}

/** A credential that is wanted for an application. */
export type CredentialRequest = FederatedCredentialRequest | CertificateRequest | SecretRequest;

/** What Microsoft Entra ID wants tokens of other providers to be for. */
export const TOKEN_EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange';

const DAY_MS = 86_400_000;

/**
 * When a credential ends that is made now, in milliseconds since the epoch.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function endOfLifetime(now: number, lifetimeDays: number): number {
  if (Number.isFinite(lifetimeDays) && lifetimeDays > 0 && lifetimeDays <= 3_650) {
    return now + lifetimeDays * DAY_MS;
  }
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `lifetimeDays ${String(lifetimeDays)} is not a number of days from 0 to 3,650.`,
    remedy: 'Give a number such as 90; shorter is safer.',
  });
}

/**
 * The request, where it is whole.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function checkCredentialRequest(request: CredentialRequest): CredentialRequest {
  if (request.kind === 'federated') {
    checkText('issuer', request.issuer, 600);
    checkText('subject', request.subject, 600);
    if (URL.parse(request.issuer)?.protocol !== 'https:') throw invalid('issuer', 'is not an https URL');
    if (request.name !== undefined && !/^[\w-]{1,120}$/.test(request.name)) {
      throw invalid('name', 'has other characters than letters, digits, - and _, or more than 120');
    }
  } else {
    if (request.displayName !== undefined) checkText('displayName', request.displayName, 120);
    if (request.lifetimeDays !== undefined) endOfLifetime(0, request.lifetimeDays);
  }
  return request;
}

function checkText(name: string, text: unknown, most: number): void {
  if (typeof text === 'string' && text.trim() !== '' && text.length <= most) return;
  throw invalid(name, `is empty, longer than ${String(most)} characters, or no text`);
}

function invalid(name: string, problem: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${name} of the credential ${problem}.`,
    remedy: `Give another ${name}.`,
  });
}
