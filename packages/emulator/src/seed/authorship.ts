import type { Clock } from '@aml-auth/core';

import type { Authorship } from '../core/access-rows.js';

/** What the seed writes was made by nobody, at the start. */
export function authorship(tenantId: string, clock: Clock): Authorship {
  const now = clock.now();
  return { tenantId, createdOn: now, updatedOn: now, createdBy: null, updatedBy: null };
}
