import type { Application } from '../../core/directory-rows.js';
import { isObject } from '../../core/json.js';
import { badRequest } from '../graph-refusal.js';
import { invalidValue, requiredText, type GraphBody } from '../read-graph-body.js';
import { readKeyCredentials, type KeyReader } from './read-key-credentials.js';

const LONGEST_NAME = 256;

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value.length <= 1024;
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const isFlag: Check = (value) => typeof value === 'boolean';
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const hasRedirectUris: Check = (value) => isObject(value) && isTexts(value['redirectUris'] ?? []);

const AUDIENCES: readonly unknown[] = [
  'AzureADMyOrg',
  'AzureADMultipleOrgs',
  'AzureADandPersonalMicrosoftAccount',
];

/** Properties that are kept as they are given, and what they must look like. */
const PROPERTIES: Readonly<Record<string, Check>> = {
  api: isObject,
  appRoles: Array.isArray,
  description: orNull(isText),
  groupMembershipClaims: orNull(isText),
  identifierUris: isTexts,
  info: isObject,
  isDeviceOnlyAuthSupported: orNull(isFlag),
  isFallbackPublicClient: orNull(isFlag),
  notes: orNull(isText),
  optionalClaims: orNull(isObject),
  publicClient: hasRedirectUris,
  requiredResourceAccess: Array.isArray,
  serviceManagementReference: orNull(isText),
  signInAudience: (value) => AUDIENCES.includes(value),
  spa: hasRedirectUris,
  tags: isTexts,
  web: hasRedirectUris,
};

/** What a request may set of an application. */
export type ApplicationChanges = Partial<
  Pick<Application, 'displayName' | 'keyCredentials' | 'isPublicClient' | 'redirectUris' | 'properties'>
>;

/**
 * Reads the body of a request that makes or changes an application.
 *
 * @param before - the application as it is; undefined for a new one
 * @throws a refusal: 400 `Request_BadRequest`
 */
export function readApplication(
  body: GraphBody,
  before: Application | undefined,
  keys: KeyReader,
): ApplicationChanges {
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name === 'displayName' || name === 'keyCredentials' || name.startsWith('@odata.')) continue;
    if (name === 'passwordCredentials') checkNoPasswords(value);
    else if (Object.hasOwn(PROPERTIES, name) && PROPERTIES[name]?.(value) === true) given[name] = value;
    else throw invalidValue(name);
  }
  const properties = { ...before?.properties, ...given };
  return {
    ...('displayName' in body ? { displayName: requiredText(body, 'displayName', LONGEST_NAME) } : {}),
    ...('keyCredentials' in body
      ? { keyCredentials: readKeyCredentials(body['keyCredentials'], before?.keyCredentials ?? [], keys) }
      : {}),
    ...(Object.keys(given).length === 0 ? {} : { properties, ...signInSettings(given, properties) }),
  };
}

/** What the token service reads of an application. */
function signInSettings(
  given: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, unknown>>,
): ApplicationChanges {
  const platforms = ['web', 'spa', 'publicClient'];
  return {
    ...('isFallbackPublicClient' in given
      ? { isPublicClient: given['isFallbackPublicClient'] === true }
      : {}),
    ...(platforms.some((name) => name in given)
      ? { redirectUris: platforms.flatMap((name) => redirectUrisOf(properties[name])) }
      : {}),
  };
}

function redirectUrisOf(platform: unknown): readonly string[] {
  const uris = isObject(platform) ? platform['redirectUris'] : undefined;
  return Array.isArray(uris) ? uris.map(String) : [];
}

function checkNoPasswords(value: unknown): void {
  if (Array.isArray(value) && value.length === 0) return;
  throw badRequest('Secrets are made by addPassword and removed by removePassword.');
}
