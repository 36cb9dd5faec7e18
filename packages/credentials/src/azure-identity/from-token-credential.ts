import { AmlAuthError, isAmlAuthError, type AmlAuthErrorCode, type Credential } from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { AADSTS_ERRORS } from '../entra/aadsts/aadsts-errors.js';
import { builtins } from '../lib/builtins.js';
import { createCredential } from '../lib/create-credential.js';

/** The options that are handed on. */
export interface TokenCredentialRequest {
  /** Aborted when nobody waits for the token any more. */
  abortSignal?: AbortSignal;
  /** A claims challenge (JSON) that the token must satisfy; left out where there is none. */
  claims?: string;
  /** Whether to declare Continuous Access Evaluation. Always given. */
  enableCae?: boolean;
  /** Another tenant than the credential's own; left out where none was asked for. */
  tenantId?: string;
}

/** The part of `TokenCredential` of the Azure SDK that is used. Every credential of `@azure/identity` fits. */
export interface TokenCredentialLike {
  /** The token, or null where the credential has none. */
  getToken(
    scopes: string | string[],
    options?: TokenCredentialRequest,
  ): Promise<{ token: string; expiresOnTimestamp: number; refreshAfterTimestamp?: number } | null>;
}

/** Options of {@link fromTokenCredential}. */
export interface TokenCredentialOptions extends Omit<CredentialOptions, 'cloud' | 'fetch' | 'tokenStore'> {
  /** What to call it in descriptions and in the reasons of a chain. Default `tokenCredential`. */
  readonly method?: string | undefined;
}

/** What an error of `@azure/identity` means here, by its name: two copies of a package share no classes. */
const CODES: Readonly<Record<string, AmlAuthErrorCode>> = {
  CredentialUnavailableError: 'AML_UNAVAILABLE',
  AuthenticationRequiredError: 'AML_INTERACTION_REQUIRED',
  AuthenticationError: 'AML_CREDENTIAL_REJECTED',
  AggregateAuthenticationError: 'AML_CREDENTIAL_REJECTED',
};

/**
 * A credential of `@azure/identity`, or any other `TokenCredential`, behind the token engine: one request
 * for callers at the same time, a token in memory, a refresh ahead of expiry, cancellation. For the other
 * direction nothing is needed: every credential of this package is a `TokenCredential`.
 *
 * An answer of null, and errors that say the method is not available, let a chain go on. A wrong secret
 * does not, although `@azure/identity` itself reports it as `AuthenticationRequiredError`.
 */
export function fromTokenCredential(
  credential: TokenCredentialLike,
  options: TokenCredentialOptions = {},
): Credential {
  const { method = 'tokenCredential' } = options;
  return createCredential({
    options,
    description: { method },
    // What stands behind it is not known: its tokens are shared with nobody.
    identity: {
      authorityHost: 'token-credential',
      tenantId: '',
      clientId: method,
      fingerprint: builtins.crypto.randomUUID(),
    },
    additionallyAllowedTenants: [],
    async acquire({ scopes, tenantId, claims, enableCae, signal }) {
      const answer = await credential
        .getToken([...scopes], {
          abortSignal: signal,
          enableCae,
          ...(tenantId === '' ? {} : { tenantId }),
          ...(claims === '' ? {} : { claims }),
        })
        .catch((error: unknown) => {
          throw translated(error, method);
        });
      if (answer !== null) return answer;
      throw new AmlAuthError({
        code: 'AML_UNAVAILABLE',
        message: `The credential ${method} gave no token.`,
        remedy: 'Check its options and the variables that it reads; its getToken answered null.',
      });
    },
  });
}

function translated(error: unknown, method: string): AmlAuthError {
  if (isAmlAuthError(error)) return error;
  const { name = '', message = '' } = error as { name?: string; message?: string };
  const aadsts = /AADSTS(\d{1,9})\b/.exec(message)?.[1];
  // The number tells a refused secret, which the class does not.
  const known = aadsts === undefined ? undefined : AADSTS_ERRORS[Number(aadsts)];
  const cancelled = name === 'AbortError';
  return new AmlAuthError({
    code: cancelled ? 'AML_CANCELLED' : (known?.code ?? CODES[name] ?? 'AML_UNEXPECTED'),
    message: `The credential ${method} failed: ${name}: ${message.slice(0, 1000)}`,
    remedy: cancelled ? undefined : 'Check the options of that credential and the variables that it reads.',
    aadsts: aadsts === undefined ? undefined : Number(aadsts),
    cause: error,
  });
}
