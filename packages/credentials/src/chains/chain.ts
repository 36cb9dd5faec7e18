import { createChain, type Credential } from '@aml-auth/core';
import { channelEvents } from '../lib/channel-events.js';

/**
 * The first credential that applies: `chain` of `@aml-auth/core`, whose skipped links are published on the
 * diagnostics channel `aml-auth:skip` as well.
 *
 * A link that does not apply here lets the next one try; one that applies and is refused ends the chain, so
 * that nobody else's identity is used by accident. The winner is remembered.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where there is no link
 */
export function chain(...links: readonly Credential[]): Credential {
  return createChain({ links, events: channelEvents });
}
