import { AmlAuthError } from '@aml-auth/core';

/**
 * An application signs in for all its permissions of one resource: exactly one scope, ending in
 * `/.default`. Anything else would cost a round trip to AADSTS1002012 or AADSTS70011.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function requireDefaultScope(scopes: readonly string[]): void {
  const [scope, ...more] = scopes;
  if (scope?.endsWith('/.default') === true && more.length === 0) return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `An application cannot sign in for ${scopes.join(' ')}: it takes one scope that ends in /.default.`,
    remedy: 'Use a scope such as https://ml.azure.com/.default or https://management.azure.com/.default.',
  });
}
