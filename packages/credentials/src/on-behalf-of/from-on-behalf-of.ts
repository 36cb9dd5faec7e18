import { AmlAuthError, type Credential } from '@aml-auth/core';
import { proveByAssertion, type AssertionSource } from '../client-assertion/prove-by-assertion.js';
import {
  proveByCertificate,
  type CertificateSource,
  type CertificateUse,
} from '../client-certificate/prove-by-certificate.js';
import { proveBySecret } from '../client-secret/prove-by-secret.js';
import {
  applicationCredential,
  type ApplicationOptions,
  type ApplicationProof,
} from '../lib/application-credential.js';

/** Options of {@link fromOnBehalfOf}: the user's token, and one proof of the application. */
export type OnBehalfOfOptions = ApplicationOptions & OnBehalfOfUser & OnBehalfOfProof;

/** On whose behalf. */
export interface OnBehalfOfUser {
  /** The access token with which the user called this application: its audience is the application. */
  readonly userAssertion: string;
}

/** How the application proves itself: a secret, a certificate, or an assertion. */
export type OnBehalfOfProof =
  /** A client secret of the application: the value, not its id. */
  { readonly clientSecret: string } | (CertificateSource & CertificateUse) | AssertionSource;

const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Calls other services as the user who called this application: the
 * [on-behalf-of flow](https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow). One
 * credential is for one user; make one for each request that comes in.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 */
export function fromOnBehalfOf(options: OnBehalfOfOptions): Credential {
  const { userAssertion } = options;
  if (typeof userAssertion !== 'string' || !TOKEN.test(userAssertion)) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'userAssertion is not an access token (JWT).',
      remedy: 'Give the token from the Authorization header of the request, without "Bearer".',
    });
  }
  return applicationCredential(options, {
    method: 'onBehalfOf',
    grant: { kind: 'onBehalfOf', userAssertion },
    ...proofOf(options),
  });
}

function proofOf(options: OnBehalfOfOptions): ApplicationProof {
  if ('clientSecret' in options) return proveBySecret(options.clientSecret);
  if ('getAssertion' in options) return proveByAssertion(options);
  return proveByCertificate(options);
}
