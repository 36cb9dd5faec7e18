import type { Credential } from '@aml-auth/core';
import { applicationCredential, type ApplicationOptions } from '../lib/application-credential.js';
import { proveByAssertion, type AssertionSource } from './prove-by-assertion.js';

/** Options of {@link fromClientAssertion}. */
export type ClientAssertionOptions = ApplicationOptions & AssertionSource;

/**
 * Signs in as an application with a signed token of another identity provider instead of a secret:
 * workload identity federation, by [RFC 7523 section 2.2](https://www.rfc-editor.org/rfc/rfc7523#section-2.2).
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 */
export function fromClientAssertion(options: ClientAssertionOptions): Credential {
  return applicationCredential(options, { method: 'clientAssertion', ...proveByAssertion(options) });
}
