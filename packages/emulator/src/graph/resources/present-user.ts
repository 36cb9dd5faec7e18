import type { User } from '../../core/tables.js';

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
export function presentUser({ id, displayName, userPrincipalName }: User): Record<string, unknown> {
  return {
    businessPhones: [],
    displayName,
    givenName: null,
    jobTitle: null,
    mail: userPrincipalName,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: null,
    userPrincipalName,
    id,
    accountEnabled: true,
    mailNickname: userPrincipalName.split('@')[0] ?? '',
    userType: 'Member',
  };
}
