import { AmlAuthError } from '@aml-auth/core';
import type { PrincipalType } from '@aml-auth/permissions';
import * as z from 'zod';

import { optionalText } from '../arm/parse-reply.js';

/** Somebody or something that can have a role. */
export interface Principal {
  /** What role assignments name. In lower case. */
  readonly objectId: string;
  /** What kind it is; a managed identity is a `ServicePrincipal`. */
  readonly type: PrincipalType;
  /** Of a service principal: the client id. In lower case. */
  readonly appId?: string;
  /** The name that people see; it need not be unique, and anybody may give it to an object of theirs. */
  readonly displayName?: string;
  /** Of a user. */
  readonly userPrincipalName?: string;
  /** Whether the service principal is a managed identity, whose credentials nobody but Azure holds. */
  readonly managedIdentity?: boolean;
}

const directoryObject = z.object({
  id: z.string().min(1),
  displayName: optionalText,
  appId: optionalText,
  userPrincipalName: optionalText,
  servicePrincipalType: optionalText,
});

/** The kinds that role assignments know, by their `@odata.type` in Microsoft Graph. */
const TYPES: Readonly<Record<string, PrincipalType>> = {
  '#microsoft.graph.user': 'User',
  '#microsoft.graph.group': 'Group',
  '#microsoft.graph.servicePrincipal': 'ServicePrincipal',
};

/**
 * A principal from an object of Microsoft Graph; undefined for one of another kind.
 *
 * @param type - where the listing holds one kind only; default: as `@odata.type` says
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parsePrincipal(input: unknown, type?: PrincipalType): Principal | undefined {
  const kind = type ?? TYPES[String((input as Record<string, unknown> | null)?.['@odata.type'])];
  if (kind === undefined) return undefined;
  const result = directoryObject.safeParse(input);
  if (!result.success) {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: 'The answer of Microsoft Graph is no user, group or service principal: it has no id.',
      remedy: 'Check the endpoint of the cloud, and that no proxy answers in its place.',
    });
  }
  const { id, displayName, appId, userPrincipalName, servicePrincipalType } = result.data;
  return {
    objectId: id.toLowerCase(),
    type: kind,
    ...(appId === undefined ? {} : { appId: appId.toLowerCase() }),
    ...(displayName === undefined ? {} : { displayName }),
    ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
    ...(kind === 'ServicePrincipal' ? { managedIdentity: servicePrincipalType === 'ManagedIdentity' } : {}),
  };
}

/** A principal in words, for texts. */
export function describePrincipal(principal: Principal): string {
  const { type, objectId, displayName, userPrincipalName, appId } = principal;
  const name = userPrincipalName ?? displayName;
  const named = name === undefined ? '' : ` ${JSON.stringify(name)}`;
  return `${type}${named} (object id ${objectId}${appId === undefined ? '' : `, application id ${appId}`})`;
}
