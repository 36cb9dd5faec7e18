import type { Tenant, User } from '../../core/directory-rows.js';
import { isObject } from '../../core/json.js';
import { badRequest } from '../graph-refusal.js';
import { invalidValue, optionalText, requiredText, type GraphBody } from '../read-graph-body.js';

const LONGEST_NAME = 256;

/** Properties that are kept as they are given: texts, or null. */
const TEXTS = [
  'city',
  'companyName',
  'country',
  'department',
  'employeeId',
  'givenName',
  'jobTitle',
  'mail',
  'mailNickname',
  'mobilePhone',
  'officeLocation',
  'postalCode',
  'preferredLanguage',
  'state',
  'streetAddress',
  'surname',
  'usageLocation',
  'userType',
];
const LISTS = ['businessPhones', 'otherMails'];
const OTHERS = ['displayName', 'accountEnabled', 'userPrincipalName', 'passwordProfile'];

/** What a request sets of a user, its password in clear. */
export interface UserChanges {
  readonly row: Partial<Pick<User, 'displayName' | 'userPrincipalName' | 'accountEnabled' | 'properties'>>;
  readonly password: { readonly text: string; readonly mustChange: boolean } | undefined;
}

/**
 * Reads the body of a request that makes or changes a user.
 *
 * @param before - the user as it is; undefined for a new one, which must have the main properties
 * @throws a refusal: 400 `Request_BadRequest`
 */
export function readUser(body: GraphBody, tenant: Tenant, before: User | undefined): UserChanges {
  const isNew = before === undefined;
  const names = Object.keys(body).filter((name) => !name.startsWith('@odata.'));
  const unknown = names.find((name) => ![...TEXTS, ...LISTS, ...OTHERS].includes(name));
  if (unknown !== undefined) throw invalidValue(unknown);
  const missing = ['accountEnabled', 'passwordProfile'].find((name) => isNew && body[name] === undefined);
  if (missing !== undefined)
    throw badRequest(`A value is required for property '${missing}' of resource 'User'.`);
  const { accountEnabled } = body;
  if (accountEnabled !== undefined && typeof accountEnabled !== 'boolean')
    throw invalidValue('accountEnabled');
  const text = (name: string, most: number): string | undefined =>
    isNew || name in body ? requiredText(body, name, most) : undefined;
  const displayName = text('displayName', LONGEST_NAME);
  const nickname = text('mailNickname', 64);
  const userPrincipalName = text('userPrincipalName', 113);
  if (userPrincipalName !== undefined) checkName(userPrincipalName, tenant);
  const properties = { ...before?.properties, ...givenProperties(body, names) };
  return {
    row: {
      ...(displayName === undefined ? {} : { displayName }),
      ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
      ...(accountEnabled === undefined ? {} : { accountEnabled }),
      properties: { ...properties, ...(nickname === undefined ? {} : { mailNickname: nickname }) },
    },
    password: readPassword(body['passwordProfile']),
  };
}

function givenProperties(body: GraphBody, names: readonly string[]): Record<string, unknown> {
  const texts = names.filter((name) => TEXTS.includes(name));
  const lists = names.filter((name) => LISTS.includes(name));
  const bad = lists.find((name) => !isTexts(body[name]));
  if (bad !== undefined) throw invalidValue(bad);
  return Object.fromEntries([
    ...texts.map((name) => [name, optionalText(body, name, LONGEST_NAME) ?? null]),
    ...lists.map((name) => [name, body[name]]),
  ]) as Record<string, unknown>;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function checkName(userPrincipalName: string, { domains }: Tenant): void {
  const [, domain] = /^[\w.'!#^~+-]+@([^@]+)$/.exec(userPrincipalName) ?? [];
  if (domain === undefined) throw invalidValue('userPrincipalName');
  if (domains.includes(domain.toLowerCase())) return;
  throw badRequest(
    'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
  );
}

function readPassword(profile: unknown): UserChanges['password'] {
  if (profile === undefined || profile === null) return undefined;
  if (!isObject(profile)) throw invalidValue('passwordProfile');
  const { password, forceChangePasswordNextSignIn = true } = profile;
  if (typeof forceChangePasswordNextSignIn !== 'boolean') throw invalidValue('passwordProfile');
  if (typeof password !== 'string') throw invalidValue('passwordProfile');
  if (!isComplex(password)) {
    throw badRequest(
      'The specified password does not comply with password complexity requirements. Please provide a different password.',
    );
  }
  return { text: password, mustChange: forceChangePasswordNextSignIn };
}

/** 8 to 256 characters, of three of four kinds (Microsoft, "Password policies in Microsoft Entra ID"). */
function isComplex(password: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password));
  return password.length >= 8 && password.length <= 256 && kinds.length >= 3;
}
