import type { User } from '../../core/directory-rows.js';
import { isoTime } from '../iso-time.js';

/** What Microsoft Graph shows of a user without `$select`. */
export const USER_DEFAULTS: readonly string[] = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

/** A user as Microsoft Graph shows it. */
export function presentUser(row: User): Record<string, unknown> {
  const { id, displayName, userPrincipalName, accountEnabled = true, createdAt, properties } = row;
  return {
    businessPhones: [],
    displayName,
    givenName: null,
    jobTitle: null,
    // Users of the seed have a mailbox of their name.
    mail: createdAt === undefined ? userPrincipalName : null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: null,
    userPrincipalName,
    id,
    accountEnabled,
    createdDateTime: isoTime(createdAt),
    department: null,
    mailNickname: userPrincipalName.split('@')[0] ?? '',
    otherMails: [],
    usageLocation: null,
    userType: 'Member',
    ...properties,
  };
}
