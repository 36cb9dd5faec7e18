import type { AadstsTable } from './aadsts-facts.js';
import { APPLICATIONS } from './applications.js';
import { FEDERATION } from './federation.js';
import { PEOPLE } from './people.js';
import { POLICIES } from './policies.js';
import { REQUESTS } from './requests.js';

/**
 * The AADSTS numbers that a user of this package can meet, with what is behind each and what to do about it.
 * Microsoft's own list: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const AADSTS_ERRORS: AadstsTable = {
  ...PEOPLE,
  ...POLICIES,
  ...APPLICATIONS,
  ...FEDERATION,
  ...REQUESTS,
};
