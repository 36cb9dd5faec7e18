import type { AmlAuthError, AmlAuthErrorInit } from '@aml-auth/core';
import type { PrincipalType } from '@aml-auth/permissions';

import { describePrincipal, type Principal } from '../graph/principal.js';

/**
 * What Microsoft Graph says of an id: the principal that has it, as its object id or in another way; `absent`, with
 * its words; `unknown` where it was not asked, or the caller may not ask.
 */
export type DirectoryAnswer =
  | { readonly kind: 'found'; readonly principal: Principal }
  | { readonly kind: 'absent'; readonly error: AmlAuthError }
  | { readonly kind: 'unknown' };

/** A principal that Azure did not find, and what is known about it. */
export interface MissingPrincipal {
  /** In lower case. */
  readonly principalId: string;
  readonly principalType: PrincipalType;
  /** Whether it was created just now. */
  readonly isNew: boolean;
  readonly answer: DirectoryAnswer;
}

/** What is wrong with a principal, and what to do. */
export type PrincipalFault = Required<Pick<AmlAuthErrorInit, 'code' | 'message' | 'remedy'>>;

/**
 * Tells a principal that is not known everywhere as yet, which passes with time, from one that will never be found:
 * an application id in place of an object id, another kind of principal, an id that nothing has. Pure.
 *
 * @returns the fault; undefined where replication explains it
 */
export function diagnosePrincipal(missing: MissingPrincipal): PrincipalFault | undefined {
  const { principalId, principalType, isNew, answer } = missing;
  if (answer.kind === 'found') {
    const { principal } = answer;
    if (principal.objectId !== principalId) return otherId(principalId, principal);
    return principal.type === principalType ? undefined : wrongType(principalType, principal);
  }
  if (isNew) return undefined;
  if (answer.kind === 'unknown') {
    return {
      code: 'AML_REQUEST_REJECTED',
      message: `Azure finds no principal with the object id ${principalId} in this tenant.`,
      remedy:
        'Check that it is an object id and no application (client) id, and of this tenant. Where it was created just now, say so (principalIsNew), or give a Graph client to ask.',
    };
  }
  const { message, remedy = 'Check the id, and that the principal is of the tenant of the subscription.' } =
    answer.error;
  return { code: 'AML_REQUEST_REJECTED', message, remedy };
}

/** The fault where the principal is of another kind than the caller says. */
export function wrongType(said: PrincipalType, principal: Principal): PrincipalFault {
  return {
    code: 'AML_CONFIG_INVALID',
    message: `The principal is a ${describePrincipal(principal)}, and no ${said}.`,
    remedy: `Give principalType ${principal.type}.`,
  };
}

function otherId(id: string, principal: Principal): PrincipalFault {
  const what =
    principal.appId === id ? 'an application (client) id' : 'the object id of an application registration';
  return {
    code: 'AML_CONFIG_INVALID',
    message: `${id} is ${what}; roles are assigned to the object id of its ${describePrincipal(principal)}.`,
    remedy: `Give principalId ${principal.objectId}.`,
  };
}
