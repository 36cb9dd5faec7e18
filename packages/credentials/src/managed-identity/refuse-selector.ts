import { AmlAuthError } from '@aml-auth/core';
import type { IdentitySelector } from './selector.js';

/**
 * Stops where an identity was chosen and the source has no choice: to go on without it would give the
 * token of another identity.
 *
 * @param why - one sentence
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function refuseSelector(selector: IdentitySelector, why: string): void {
  if (Object.keys(selector).length === 0) return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: why,
    remedy: 'Leave clientId, objectId and resourceId out there.',
  });
}
