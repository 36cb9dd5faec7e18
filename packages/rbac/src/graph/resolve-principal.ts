import { AmlAuthError, isAmlAuthError, isGuid, parseGuid } from '@aml-auth/core';
import type { PrincipalType } from '@aml-auth/permissions';

import { odataText } from '../arm/odata-filter.js';
import { findPrincipals, listPrincipals, type NamedPrincipalType } from './find-principals.js';
import { getPrincipal } from './get-principals.js';
import type { Graph } from './graph-client.js';
import { graphPath } from './graph-path.js';
import { principalOfToken } from './principal-of-token.js';
import { describePrincipal, type Principal } from './principal.js';

/**
 * Whom a caller means. A text is taken as an object id or application id where it is a GUID, as a user principal name
 * where it has an `@`, as a service principal name where it is a URI, and otherwise as a display name.
 */
export type PrincipalReference =
  | string
  /** Taken as it is, without asking Microsoft Graph. */
  | { readonly objectId: string; readonly type: PrincipalType }
  /** Whom this access token is for; not asked either. */
  | { readonly token: string }
  /** By object id; its kind is looked up. */
  | { readonly objectId: string }
  /** A service principal, by its application (client) id. */
  | { readonly appId: string }
  /** A user, by the name of the sign-in: `ada@contoso.com`. */
  | { readonly userPrincipalName: string }
  /** By display name, of all three kinds or of one. Not unique: `AML_AMBIGUOUS` where it fits several. */
  | { readonly name: string; readonly type?: NamedPrincipalType | undefined };

/** How {@link resolvePrincipal} asks. */
export interface ResolvePrincipalOptions {
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

type Answer = Principal | undefined;

/**
 * The one principal that is meant.
 *
 * @param graph - undefined for callers without access to Microsoft Graph: then an object id with its type, or a
 *   token, must be given
 * @throws {AmlAuthError} `AML_NOT_FOUND`; `AML_AMBIGUOUS` with the candidates in the message where a name fits
 *   several; `AML_FORBIDDEN` where the caller may not look; `AML_CONFIG_INVALID` for a malformed reference, and
 *   without `graph` for one that must be looked up; what the `GraphClient` throws
 */
export async function resolvePrincipal(
  graph: Graph | undefined,
  reference: PrincipalReference,
  options: ResolvePrincipalOptions = {},
): Promise<Principal> {
  if (typeof reference !== 'string') {
    if ('token' in reference) return principalOfToken(reference.token);
    if ('objectId' in reference && 'type' in reference) {
      return { objectId: parseGuid(reference.objectId, 'objectId'), type: reference.type };
    }
  }
  const look = lookUp(reference);
  if (graph === undefined) throw noGraph(look.what);
  try {
    const principal = await look.ask(graph, options.signal);
    if (principal !== undefined) return principal;
  } catch (error) {
    throw isAmlAuthError(error) && error.code === 'AML_FORBIDDEN' ? refused(look.what, error) : error;
  }
  throw new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: `There is no ${look.what} in the tenant.`,
    remedy: 'Check the id or name and the tenant; one that was created just now may not be visible yet.',
  });
}

interface LookUp {
  /** In words. */
  readonly what: string;
  readonly ask: (graph: Graph, signal: AbortSignal | undefined) => Promise<Answer>;
}

type Sought = Exclude<PrincipalReference, { readonly token: string }>;

function lookUp(reference: Sought): LookUp {
  if (typeof reference === 'string') return lookUpText(reference.trim());
  if ('objectId' in reference) {
    const id = parseGuid(reference.objectId, 'objectId');
    return {
      what: `principal with the object id ${id}`,
      ask: (graph, signal) => getPrincipal(graph, id, signal),
    };
  }
  if ('appId' in reference) {
    const id = parseGuid(reference.appId, 'appId');
    const what = `service principal with the application id ${id}`;
    return { what, ask: (graph, signal) => byAppId(graph, id, signal) };
  }
  return 'userPrincipalName' in reference
    ? lookUpName(reference.userPrincipalName, 'User')
    : lookUpName(reference.name, reference.type);
}

function lookUpText(text: string): LookUp {
  if (isGuid(text)) {
    const id = text.toLowerCase();
    return {
      what: `principal with the object id or application id ${id}`,
      ask: async (graph, signal) =>
        (await byEitherId(graph, id, signal)) ?? (await byApplicationObject(graph, id, signal)),
    };
  }
  if (text.includes('@')) return lookUpName(text, 'User');
  return /^[a-z][a-z\d+.-]*:/i.test(text) ? lookUpUri(text) : lookUpName(text, undefined);
}

function lookUpUri(uri: string): LookUp {
  const filter = `servicePrincipalNames/any(c:c eq ${odataText(uri)})`;
  return {
    what: `service principal named ${uri}`,
    ask: async (graph, signal) => (await listPrincipals(graph, 'ServicePrincipal', filter, signal))[0],
  };
}

function lookUpName(name: string, type: NamedPrincipalType | undefined): LookUp {
  if (typeof name !== 'string' || name.trim() === '' || name.length > 1_024) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The name of a principal is empty, too long or no text.',
      remedy: 'Give an object id, an application id, a user principal name or a display name.',
    });
  }
  const kind = type === undefined ? 'user, group or service principal' : KIND_NAMES[type];
  return {
    what: `${kind} named ${JSON.stringify(name)}`,
    ask: async (graph, signal) => theOnly(name, await findPrincipals(graph, { name, type, signal })),
  };
}

const KIND_NAMES: Readonly<Record<NamedPrincipalType, string>> = {
  User: 'user',
  Group: 'group',
  ServicePrincipal: 'service principal',
};

/** An application id is looked for even where the caller may not read objects of all kinds. */
async function byEitherId(graph: Graph, id: string, signal: AbortSignal | undefined): Promise<Answer> {
  const [asObject, asApplication] = await Promise.allSettled([
    getPrincipal(graph, id, signal),
    byAppId(graph, id, signal),
  ]);
  const found = [asObject, asApplication].map((one) => (one.status === 'fulfilled' ? one.value : undefined));
  const principal = found.find((one) => one !== undefined);
  if (principal !== undefined) return principal;
  for (const one of [asObject, asApplication]) if (one.status === 'rejected') throw one.reason as Error;
  return undefined;
}

async function byAppId(graph: Graph, appId: string, signal: AbortSignal | undefined): Promise<Answer> {
  const found = await servicePrincipalOf(graph, appId, signal);
  if (found !== undefined) return found;
  const application = await getApplication(graph, graphPath`/applications(appId='${appId}')`, signal);
  if (application !== undefined) throw noServicePrincipal(appId);
  return undefined;
}

/** An application has an object id of its own, which is easily taken for that of its service principal. */
async function byApplicationObject(
  graph: Graph,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const appId = await getApplication(graph, graphPath`/applications/${id}`, signal);
  if (appId === undefined) return undefined;
  const found = await servicePrincipalOf(graph, appId, signal);
  if (found === undefined) throw noServicePrincipal(appId);
  return found;
}

async function servicePrincipalOf(
  graph: Graph,
  appId: string,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const [found] = await listPrincipals(graph, 'ServicePrincipal', `appId eq ${odataText(appId)}`, signal);
  return found;
}

/** The application id at that path; undefined where there is none, or where the caller may not see it. */
async function getApplication(
  graph: Graph,
  path: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const { body } = await graph.request({ method: 'GET', path, query: { $select: 'id,appId' }, signal });
    const { appId } = body as { appId?: unknown };
    return typeof appId === 'string' ? appId.toLowerCase() : undefined;
  } catch (error) {
    if (isAmlAuthError(error) && (error.code === 'AML_NOT_FOUND' || error.code === 'AML_FORBIDDEN')) {
      return undefined;
    }
    throw error;
  }
}

const MOST_SHOWN = 10;

function theOnly(name: string, candidates: readonly Principal[]): Answer {
  if (candidates.length <= 1) return candidates[0];
  const shown = candidates.slice(0, MOST_SHOWN).map(describePrincipal);
  const more = candidates.length - shown.length;
  throw new AmlAuthError({
    code: 'AML_AMBIGUOUS',
    message: `${JSON.stringify(name)} fits ${String(candidates.length)} principals: ${shown.join('; ')}${more > 0 ? `; and ${String(more)} more` : ''}.`,
    remedy: 'Give the object id of the one that is meant.',
  });
}

function noServicePrincipal(appId: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: `The application ${appId} has no service principal in the tenant, so it can have no role.`,
    remedy: `Create one: az ad sp create --id ${appId}`,
  });
}

function noGraph(what: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The ${what} must be looked up, and no client of Microsoft Graph was given.`,
    remedy: BY_ID,
  });
}

const BY_ID =
  'Give the object id together with the type (User, Group or ServicePrincipal): that asks Microsoft Graph nothing.';

function refused(what: string, error: AmlAuthError): AmlAuthError {
  return new AmlAuthError({
    code: error.code,
    message: `The caller may not look up the ${what}. ${error.message}`,
    remedy: BY_ID,
    armCode: error.armCode,
    status: error.status,
    correlation: error.correlation,
    request: error.request,
    cause: error,
  });
}
