import { parseGuid } from '@aml-auth/core';
import type { PrincipalReference } from '@aml-auth/rbac';
import { textFlag } from '../settings/text-flag.js';

/** Kinds of principals that roles are given to. */
export const PRINCIPAL_TYPES = ['User', 'Group', 'ServicePrincipal'] as const;

/** What kind of principal an option names. */
export type NamedType = (typeof PRINCIPAL_TYPES)[number];

/** How the kind is parsed. */
export const principalTypeFlag = {
  kind: 'enum',
  values: PRINCIPAL_TYPES,
  optional: true,
  brief: 'Kind of an object id: then Microsoft Graph is not asked',
} as const;

/** How the principal is parsed. */
export const whoFlag = textFlag(
  'Who: object id, application id, user principal name, or the name of a group or application',
  'principal',
);

/**
 * Whom an option means: with the kind beside it an object id that is taken as it is, else whoever Microsoft Graph finds.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a kind beside what is no object id
 */
export function principalReference(text: string, type: NamedType | undefined): PrincipalReference {
  return type === undefined ? text : { objectId: parseGuid(text, 'object id'), type };
}
