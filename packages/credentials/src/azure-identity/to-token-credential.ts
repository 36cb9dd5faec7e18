import {
  AmlAuthError,
  isAmlAuthError,
  type AbortSignalLike,
  type AccessToken,
  type Credential,
} from '@aml-auth/core';

/** The options of `GetTokenOptions` of `@azure/core-auth` that mean something here. */
export interface CoreAuthTokenOptions {
  /** Ends the call early with `AML_CANCELLED`. */
  abortSignal?: AbortSignalLike;
  /** A claims challenge (JSON) that the token must satisfy. */
  claims?: string;
  /** Declares Continuous Access Evaluation (client capability `cp1`). Default `false`. */
  enableCae?: boolean;
  /** Another tenant than the credential's own, where the credential allows it. */
  tenantId?: string;
  /** Milliseconds. */
  requestOptions?: { timeout?: number };
  /** Asks for a proof-of-possession token, which is refused: `AML_CONFIG_INVALID`. */
  proofOfPossessionOptions?: unknown;
}

/** A `TokenCredential` of `@azure/core-auth`. */
export interface AzureTokenCredential {
  /** The token. Throws `AML_CONFIG_INVALID` where proof of possession is asked for. */
  getToken(scopes: string | string[], options?: CoreAuthTokenOptions): Promise<AccessToken>;
}

/**
 * A credential for places where being a `TokenCredential` by structure is not enough:
 *
 * - `ChainedTokenCredential` goes on only after an error that is named `CredentialUnavailableError`: errors whose
 *   disposition is `skip` get that name, and the original as their cause. All others stop that chain too.
 * - `requestOptions.timeout` limits the call (`AML_TIMEOUT`).
 * - Proof-of-possession tokens are refused (`AML_CONFIG_INVALID`) where `proofOfPossessionOptions` asks for one,
 *   instead of a bearer token being given.
 *
 * For clients of the Azure SDK nothing of this is needed: pass the credential itself.
 */
export function toTokenCredential(credential: Credential): AzureTokenCredential {
  return {
    async getToken(scopes, options = {}) {
      const { requestOptions, proofOfPossessionOptions, abortSignal, ...asked } = options;
      if (proofOfPossessionOptions !== undefined) throw noProofOfPossession(credential);
      const limit = limitOf(requestOptions?.timeout);
      try {
        const signal = joined(abortSignal, limit?.signal);
        return await credential.getToken(scopes, {
          ...asked,
          ...(signal === undefined ? {} : { abortSignal: signal }),
        });
      } catch (error) {
        if (limit?.signal.aborted === true && abortSignal?.aborted !== true) {
          throw tooLate(credential, requestOptions?.timeout ?? 0);
        }
        throw forChains(error);
      } finally {
        limit?.end();
      }
    },
  };
}

/** `skip` under the name that `ChainedTokenCredential` looks for: it compares names, not classes. */
function forChains(error: unknown): unknown {
  if (!isAmlAuthError(error) || error.disposition !== 'skip') return error;
  const renamed = new Error(error.message, { cause: error });
  renamed.name = 'CredentialUnavailableError';
  return renamed;
}

function limitOf(ms: number | undefined): { signal: AbortSignal; end: () => void } | undefined {
  if (ms === undefined || ms <= 0) return undefined;
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, ms);
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
    },
  };
}

/** One signal for both. Those of the Azure SDK are not always the platform's. */
function joined(
  left: AbortSignalLike | undefined,
  right: AbortSignal | undefined,
): AbortSignalLike | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  if (left.aborted) abort();
  for (const signal of [left, right]) signal.addEventListener('abort', abort);
  return controller.signal;
}

function tooLate(credential: Credential, ms: number): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_TIMEOUT',
    message: `The credential ${credential.describe().method} gave no token within ${ms} milliseconds.`,
    remedy: 'Raise requestOptions.timeout.',
  });
}

function noProofOfPossession(credential: Credential): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `A proof-of-possession token was asked for, and ${credential.describe().method} gives bearer tokens.`,
    remedy: 'Leave proofOfPossessionOptions out.',
  });
}
