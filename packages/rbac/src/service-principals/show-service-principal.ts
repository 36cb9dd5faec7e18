import { AmlAuthError, isGuid } from '@aml-auth/core';

import { odataText } from '../arm/odata-filter.js';
import type { Graph } from '../graph/graph-client.js';
import { graphPath } from '../graph/graph-path.js';
import {
  describeReference,
  findApplication,
  plainApplication,
  type Application,
  type ApplicationReference,
  type StoredApplication,
} from './application.js';
import type { ApplicationCredential } from './credential.js';
import { credentialsOf } from './credentials.js';
import {
  findServicePrincipal,
  getIfThere,
  parseServicePrincipal,
  type ServicePrincipal,
} from './service-principal.js';

/** A service principal with its application. */
export interface ShownServicePrincipal {
  /** What role assignments name. */
  readonly servicePrincipal: ServicePrincipal;
  /** Undefined for a managed identity, and for an application of another tenant. */
  readonly application?: Application;
  /** Of the application; empty without one. */
  readonly credentials: readonly ApplicationCredential[];
}

/** Which service principal {@link showServicePrincipal} shows. */
export interface ShowServicePrincipalOptions {
  /** Its application id or object id, or the application behind it. */
  readonly principal: ApplicationReference;
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A service principal, its application, and by what that can prove itself; no secret among it.
 *
 * @throws {AmlAuthError} `AML_NOT_FOUND`, `AML_CONFIG_INVALID`; what the `GraphClient` throws
 */
export async function showServicePrincipal(
  graph: Graph,
  { principal, signal }: ShowServicePrincipalOptions,
): Promise<ShownServicePrincipal> {
  const { servicePrincipal, application } = await findWithApplication(graph, principal, signal);
  if (servicePrincipal === undefined) {
    const what = application === undefined ? '' : `; the application ${application.appId} has none`;
    throw new AmlAuthError({
      code: 'AML_NOT_FOUND',
      message: `There is no service principal with the ${describeReference(principal)} in the tenant${what}.`,
      remedy: 'Check the id and the tenant. Display names are not looked for: several may share one.',
    });
  }
  if (application === undefined) return { servicePrincipal, credentials: [] };
  const credentials = await credentialsOf(graph, application, signal);
  return { servicePrincipal, application: plainApplication(application), credentials };
}

/** What there is of a service principal and its application. */
export interface FoundServicePrincipal {
  readonly servicePrincipal: ServicePrincipal | undefined;
  readonly application: StoredApplication | undefined;
}

/** The service principal that is meant and its application, each undefined where it is not there. */
export async function findWithApplication(
  graph: Graph,
  reference: ApplicationReference,
  signal: AbortSignal | undefined,
): Promise<FoundServicePrincipal> {
  const application = await findApplication(graph, reference, signal);
  const servicePrincipal =
    application === undefined
      ? await withoutApplication(graph, reference, signal)
      : await findServicePrincipal(graph, application.appId, signal);
  return { application, servicePrincipal };
}

/** Managed identities and applications of other tenants have their registration elsewhere. */
async function withoutApplication(
  graph: Graph,
  reference: ApplicationReference,
  signal: AbortSignal | undefined,
): Promise<ServicePrincipal | undefined> {
  if (typeof reference === 'string') {
    const byAppId = isGuid(reference) ? await findServicePrincipal(graph, reference, signal) : undefined;
    return byAppId ?? getIfThere(graph, graphPath`/servicePrincipals/${reference}`, signal);
  }
  if ('appId' in reference) return findServicePrincipal(graph, reference.appId, signal);
  return 'objectId' in reference
    ? getIfThere(graph, graphPath`/servicePrincipals/${reference.objectId}`, signal)
    : undefined;
}

/** Which service principals {@link listServicePrincipals} lists. */
export interface ListServicePrincipalsOptions {
  /** Only those whose display name begins with this text, in any case. Default: all. */
  readonly displayNameStartsWith?: string | undefined;
  /** A further OData filter. */
  readonly filter?: string | undefined;
  /** Ends the listing with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The service principals of the tenant, page by page. There are hundreds in any tenant, most of them Microsoft's.
 *
 * @throws {AmlAuthError} what the `GraphClient` throws
 */
export async function* listServicePrincipals(
  graph: Graph,
  { displayNameStartsWith, filter, signal }: ListServicePrincipalsOptions = {},
): AsyncGenerator<ServicePrincipal, void, undefined> {
  const starts =
    displayNameStartsWith === undefined
      ? undefined
      : `startswith(displayName,${odataText(displayNameStartsWith)})`;
  const $filter = [starts, filter].filter((part) => part !== undefined).join(' and ');
  const items = graph.list({
    path: '/servicePrincipals',
    query: { $filter: $filter === '' ? undefined : $filter },
    signal,
  });
  for await (const item of items) yield parseServicePrincipal(item);
}
