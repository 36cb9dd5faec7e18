import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';

import type { Arm } from '../arm/authorization-path.js';
import type { Graph } from '../graph/graph-client.js';
import { graphPath } from '../graph/graph-path.js';
import { deleteRoleAssignment } from '../role-assignments/delete-role-assignment.js';
import { listRoleAssignments } from '../role-assignments/list-role-assignments.js';
import type { ApplicationReference } from './application.js';
import { runChange, type OnStep, type UndoableStep } from './run-change.js';
import type { ServicePrincipal } from './service-principal.js';
import { findWithApplication, type FoundServicePrincipal } from './show-service-principal.js';

/** What {@link deleteServicePrincipal} deletes. */
export interface DeleteServicePrincipalOptions {
  /** Its application id or object id, or the application behind it; never a display name. */
  readonly principal: ApplicationReference;
  /** Needed for `scopes`. */
  readonly arm?: Arm | undefined;
  /** Where its role assignments are looked for, such as `/subscriptions/{id}`: those there and below go first. */
  readonly scopes?: readonly string[] | undefined;
  /** True to leave the registration of the application, with its credentials. Default false. */
  readonly keepApplication?: boolean | undefined;
  /** Told at the beginning and end of each step. Default: nobody. */
  readonly onStep?: OnStep | undefined;
  /** Ends the call with `AML_CANCELLED`; what was deleted stays so. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@link deleteServicePrincipal} deleted. */
export interface DeletedServicePrincipal {
  /** False where it was not there. */
  readonly deleted: boolean;
  /** Its object id; undefined where it was not there. */
  readonly servicePrincipalId?: string;
  /** Its application id; undefined where nothing was there. */
  readonly appId?: string;
  /** Ids of its role assignments. */
  readonly roleAssignments: readonly string[];
}

/**
 * Deletes a service principal with its application, after its role assignments: Azure leaves those behind
 * otherwise, as those of an unknown identity. Doing it again is no error. The directory keeps a deleted application
 * for 30 days, in which it can be restored, its role assignments not.
 *
 * @throws {AmlAuthError} `AML_REQUEST_REJECTED` for a managed identity, which goes with its resource;
 *   `AML_CONFIG_INVALID` for scopes without `arm`; the error of the step that failed, with `steps`
 */
export async function deleteServicePrincipal(
  graph: Graph,
  options: DeleteServicePrincipalOptions,
): Promise<DeletedServicePrincipal> {
  const { principal, arm, scopes = [], signal, onStep = () => undefined } = options;
  if (scopes.length > 0 && arm === undefined) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'Role assignments are in Azure Resource Manager, and no client of it was given.',
      remedy: 'Give arm, or no scopes.',
    });
  }
  const found = await findWithApplication(graph, principal, signal);
  const { application, servicePrincipal } = found;
  if (servicePrincipal?.servicePrincipalType === 'ManagedIdentity') throw isManagedIdentity(servicePrincipal);
  const held =
    arm === undefined || servicePrincipal === undefined
      ? []
      : await assignmentsOf(arm, servicePrincipal.objectId, scopes, signal);
  const steps: readonly UndoableStep[] = [
    ...held.map((id) => ({
      step: `delete the role assignment ${id}`,
      run: async () => ({
        id,
        changed: arm !== undefined && (await deleteRoleAssignment(arm, { id, signal })),
      }),
    })),
    ...deletions(graph, found, options),
  ];
  await runChange(steps, onStep);
  const appId = application?.appId ?? servicePrincipal?.appId;
  return {
    deleted: steps.length > 0,
    ...(servicePrincipal === undefined ? {} : { servicePrincipalId: servicePrincipal.objectId }),
    ...(appId === undefined ? {} : { appId }),
    roleAssignments: held,
  };
}

/** The directory deletes the service principal with the application. */
function deletions(
  graph: Graph,
  { application, servicePrincipal }: FoundServicePrincipal,
  { keepApplication = false, signal }: DeleteServicePrincipalOptions,
): readonly UndoableStep[] {
  if (application !== undefined && !keepApplication) {
    const path = graphPath`/applications/${application.objectId}`;
    return [
      deletion(graph, `delete the application ${application.appId}`, application.objectId, path, signal),
    ];
  }
  if (servicePrincipal === undefined) return [];
  const { objectId } = servicePrincipal;
  const path = graphPath`/servicePrincipals/${objectId}`;
  return [deletion(graph, `delete the service principal ${objectId}`, objectId, path, signal)];
}

function deletion(
  graph: Graph,
  step: string,
  id: string,
  path: string,
  signal: AbortSignal | undefined,
): UndoableStep {
  return {
    step,
    run: async () => {
      try {
        await graph.request({ method: 'DELETE', path, signal });
        return { id, changed: true };
      } catch (error) {
        // A second attempt meets nothing where the answer to the first was lost.
        if (isAmlAuthError(error) && error.code === 'AML_NOT_FOUND') return { id, changed: false };
        throw error;
      }
    },
  };
}

async function assignmentsOf(
  arm: Arm,
  principalId: string,
  scopes: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const ids = new Map<string, string>();
  for (const scope of scopes) {
    for await (const { id } of listRoleAssignments(arm, { scope, principalId, signal })) {
      ids.set(id.toLowerCase(), id);
    }
  }
  return [...ids.values()];
}

function isManagedIdentity({ displayName, objectId }: ServicePrincipal): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_REQUEST_REJECTED',
    message: `${displayName} (${objectId}) is a managed identity, which goes away with its resource.`,
    remedy: 'Delete the resource, or the user-assigned identity.',
  });
}
