import { AmlAuthError } from '@aml-auth/core';
import type { OnlineEndpointProperties } from '../resources/resource-shapes.js';

/** What an endpoint asks its callers for. */
export type AuthMode = 'Key' | 'AMLToken' | 'AADToken';

/** What must be known of an endpoint to call it. */
export interface EndpointFacts {
  readonly authMode: AuthMode;
  /** https, as Azure Resource Manager gave it. */
  readonly scoringUri: string;
}

const MODES: readonly AuthMode[] = ['Key', 'AMLToken', 'AADToken'];

/**
 * What Azure Resource Manager says of an endpoint, as far as a call needs it.
 *
 * @throws {AmlAuthError} `AML_CONFLICT` where it cannot be called yet, `AML_UNTRUSTED_HOST` where it is not reached by
 *   https, `AML_RESPONSE_INVALID` for a way to sign in that is not known
 */
export function endpointFacts(name: string, properties: OnlineEndpointProperties): EndpointFacts {
  const { authMode = '', scoringUri, provisioningState = 'unknown' } = properties;
  if (scoringUri === undefined || scoringUri === '') {
    throw new AmlAuthError({
      code: 'AML_CONFLICT',
      message: `The endpoint ${name} cannot be called yet: it has no scoring URI (provisioningState ${provisioningState}).`,
      remedy: 'Wait until it is made; where that failed, make it again.',
    });
  }
  const url = URL.parse(scoringUri);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new AmlAuthError({
      code: 'AML_UNTRUSTED_HOST',
      message: `No key or token is sent to the endpoint ${name}: its scoring URI (${url?.origin ?? 'no URL'}) is not plain https.`,
      remedy: 'Turn on TLS for the Kubernetes compute of the endpoint, or use a managed endpoint.',
    });
  }
  const mode = MODES.find((known) => known.toLowerCase() === authMode.toLowerCase());
  if (mode !== undefined) return { authMode: mode, scoringUri };
  throw new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `The endpoint ${name} has authMode ${JSON.stringify(authMode)}, which is none of ${MODES.join(', ')}.`,
    remedy: 'Check the api-version; if it is the default, report the value.',
  });
}
