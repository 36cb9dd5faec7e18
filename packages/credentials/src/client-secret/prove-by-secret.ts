import { AmlAuthError } from '@aml-auth/core';
import type { ApplicationProof } from '../lib/application-credential.js';

/**
 * The proof by a client secret.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`; the secret is never in the text
 */
export function proveBySecret(value: unknown): ApplicationProof {
  const clientSecret = parseClientSecret(value);
  return { source: clientSecret, prove: () => ({ clientSecret }) };
}

function parseClientSecret(value: unknown): string {
  // eslint-disable-next-line no-control-regex -- a line end that came along from a file is the usual mistake
  if (typeof value === 'string' && value !== '' && !/[\u0000-\u001f\u007f]/.test(value)) return value;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message:
      typeof value === 'string' && value !== ''
        ? 'clientSecret contains a line end or another control character.'
        : 'clientSecret is missing or empty.',
    remedy: 'Give the value of the secret, without quotes or a line end; its id does not sign in.',
  });
}
