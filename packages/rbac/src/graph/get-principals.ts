import { AmlAuthError, isAmlAuthError, parseGuid } from '@aml-auth/core';

import { COLLECTIONS, type NamedPrincipalType } from './find-principals.js';
import type { Graph } from './graph-client.js';
import { parsePrincipal, type Principal } from './principal.js';

/** Most ids in one request ([getByIds](https://learn.microsoft.com/graph/api/directoryobject-getbyids)). */
const MOST = 1_000;

/**
 * The principals with those object ids, as far as they exist; others are left out. Keys of the map are in lower case.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an id that is no GUID; what the `GraphClient` throws
 */
export async function getPrincipals(
  graph: Graph,
  objectIds: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Principal>> {
  const ids = [...new Set(objectIds.map((id) => parseGuid(id, 'objectId')))];
  const found = new Map<string, Principal>();
  for (let start = 0; start < ids.length; start += MOST) {
    const { body } = await graph.request({
      method: 'POST',
      path: '/directoryObjects/getByIds',
      body: { ids: ids.slice(start, start + MOST), types: ['user', 'group', 'servicePrincipal'] },
      // It changes nothing.
      retry: 'always',
      signal,
    });
    for (const item of listIn(body)) {
      const principal = parsePrincipal(item);
      if (principal !== undefined) found.set(principal.objectId, principal);
    }
  }
  return found;
}

/**
 * The principal with that object id; undefined where there is none. A caller who may not read every kind of object
 * is answered as far as its permissions go.
 *
 * @throws {AmlAuthError} `AML_FORBIDDEN` where it was not found among those that the caller may read
 */
export async function getPrincipal(
  graph: Graph,
  objectId: string,
  signal?: AbortSignal,
): Promise<Principal | undefined> {
  const id = parseGuid(objectId, 'objectId');
  try {
    return (await getPrincipals(graph, [id], signal)).get(id);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return oneByOne(graph, id, signal);
  }
}

async function oneByOne(
  graph: Graph,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Principal | undefined> {
  let refusal: AmlAuthError | undefined;
  for (const type of ['ServicePrincipal', 'Group', 'User'] as const satisfies readonly NamedPrincipalType[]) {
    const { path, fields } = COLLECTIONS[type];
    try {
      const query = { $select: fields };
      const { body } = await graph.request({ method: 'GET', path: `${path}/${id}`, query, signal });
      return parsePrincipal(body, type);
    } catch (error) {
      if (isForbidden(error)) refusal ??= error;
      else if (!isAmlAuthError(error) || error.code !== 'AML_NOT_FOUND') throw error;
    }
  }
  if (refusal !== undefined) throw refusal;
  return undefined;
}

function isForbidden(error: unknown): error is AmlAuthError {
  return isAmlAuthError(error) && error.code === 'AML_FORBIDDEN';
}

function listIn(body: unknown): readonly unknown[] {
  const value = (body as { value?: unknown } | undefined)?.value;
  if (Array.isArray(value)) return value;
  throw new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: 'Microsoft Graph answered getByIds without a list.',
    remedy: 'Check the endpoint of the cloud, and that no proxy answers in its place.',
  });
}
