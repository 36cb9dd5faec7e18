import { AmlAuthError, parseGuid } from '@aml-auth/core';

/** Which user-assigned identity is meant. At most one of the three. */
export interface IdentitySelector {
  /** Client id of a user-assigned managed identity. */
  readonly clientId?: string | undefined;
  /** Object (principal) id of a user-assigned managed identity. */
  readonly objectId?: string | undefined;
  /** ARM id of a user-assigned managed identity. */
  readonly resourceId?: string | undefined;
}

const RESOURCE_ID =
  /^\/subscriptions\/[\da-f-]{36}\/resourcegroups\/[^/?#\s]{1,90}\/providers\/microsoft\.managedidentity\/userassignedidentities\/[\w-]{1,128}$/i;

/**
 * The selector, checked. An empty one stands for the system-assigned identity.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for more than one, or one that is malformed
 */
export function parseSelector({ clientId, objectId, resourceId }: IdentitySelector): IdentitySelector {
  const given = [clientId, objectId, resourceId].filter((value) => value !== undefined);
  if (given.length > 1) {
    throw invalid('More than one of clientId, objectId and resourceId is given.', 'Give one of them.');
  }
  if (resourceId !== undefined && !RESOURCE_ID.test(resourceId)) {
    throw invalid(
      'resourceId is not the id of a user-assigned managed identity.',
      'Give /subscriptions/…/resourceGroups/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/<name>.',
    );
  }
  return {
    ...(clientId === undefined ? {} : { clientId: parseGuid(clientId, 'clientId') }),
    ...(objectId === undefined ? {} : { objectId: parseGuid(objectId, 'objectId') }),
    ...(resourceId === undefined ? {} : { resourceId }),
  };
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
