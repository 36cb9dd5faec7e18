import { AmlAuthError, isAmlAuthError, isGuid } from '@aml-auth/core';
import * as z from 'zod';

import { optionalText } from '../arm/parse-reply.js';
import type { Graph } from '../graph/graph-client.js';
import { graphPath } from '../graph/graph-path.js';

/** A service principal: what an application, or a managed identity, is in a tenant. Ids in lower case. */
export interface ServicePrincipal {
  /** What role assignments name. */
  readonly objectId: string;
  /** The application (client) id. */
  readonly appId: string;
  /** The name that people see; it need not be unique. */
  readonly displayName: string;
  /** `Application`, `ManagedIdentity` and others. */
  readonly servicePrincipalType: string;
  /** Whether it may sign in. */
  readonly accountEnabled: boolean;
  /** The tenant that the application is registered in, where that is known. */
  readonly homeTenantId?: string;
}

const reply = z.object({
  id: z.string().refine(isGuid),
  appId: z.string().refine(isGuid),
  displayName: optionalText,
  servicePrincipalType: optionalText,
  accountEnabled: z
    .boolean()
    .nullish()
    .transform((flag) => flag ?? true),
  appOwnerOrganizationId: optionalText,
});

/**
 * A service principal from an answer of Microsoft Graph.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parseServicePrincipal(body: unknown): ServicePrincipal {
  const result = reply.safeParse(body);
  if (!result.success) {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: 'The answer of Microsoft Graph is no service principal: its ids are missing.',
      remedy: 'Check the endpoint of the cloud, and that no proxy answers in its place.',
    });
  }
  const { id, appId, displayName = '', servicePrincipalType = 'Application', accountEnabled } = result.data;
  const homeTenantId = result.data.appOwnerOrganizationId;
  return {
    objectId: id.toLowerCase(),
    appId: appId.toLowerCase(),
    displayName,
    servicePrincipalType,
    accountEnabled,
    ...(homeTenantId === undefined ? {} : { homeTenantId: homeTenantId.toLowerCase() }),
  };
}

/** The service principal of an application; undefined where it has none in the tenant. */
export async function findServicePrincipal(
  graph: Graph,
  appId: string,
  signal?: AbortSignal,
): Promise<ServicePrincipal | undefined> {
  return getIfThere(graph, graphPath`/servicePrincipals(appId='${appId}')`, signal);
}

/** The service principal at that path; undefined where there is none. */
export async function getIfThere(
  graph: Graph,
  path: string,
  signal?: AbortSignal,
): Promise<ServicePrincipal | undefined> {
  try {
    return parseServicePrincipal((await graph.request({ method: 'GET', path, signal })).body);
  } catch (error) {
    if (isAmlAuthError(error) && error.code === 'AML_NOT_FOUND') return undefined;
    throw error;
  }
}
